"""The pages: what people see in a browser, except the audit form itself."""
