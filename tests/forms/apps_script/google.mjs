// Google's services as far as the script uses them, as strict as the real ones: bytes are signed, text is not bytes.
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const signed = (buffer) => [...buffer].map((byte) => (byte > 127 ? byte - 256 : byte));

function unsigned(bytes) {
  if (!Array.isArray(bytes) || bytes.some((byte) => !Number.isInteger(byte) || byte < -128 || byte > 127)) {
    throw new TypeError('Google takes arrays of signed bytes here');
  }
  return Buffer.from(bytes.map((byte) => byte & 255));
}

const Utilities = {
  getUuid: randomUUID,
  newBlob: (text) => ({ getBytes: () => signed(Buffer.from(text, 'utf8')) }),
  computeHmacSha256Signature: (value, key) => signed(createHmac('sha256', unsigned(key)).update(unsigned(value)).digest()),
  base64Encode: (bytes) => unsigned(bytes).toString('base64'),
  base64Decode: (text) => signed(Buffer.from(text, 'base64')),
};

class Item {
  constructor(kind, id) {
    Object.assign(this, { kind, id, title: '', help: '', required: false, choices: [], validation: '' });
  }
  setTitle(title) { this.title = title; return this; }
  setHelpText(help) { this.help = help; return this; }
  setRequired(required) { this.required = required; return this; }
  setValidation(validation) { this.validation = validation; return this; }
  setChoiceValues(labels) { this.choices = labels.map((label) => ({ label, to: '' })); return this; }
  createChoice(label, to) {
    if (to === undefined) throw new TypeError('a choice must lead somewhere');
    return { label, to: to instanceof Item ? to.title : to };
  }
  setChoices(choices) { this.choices = choices; return this; }
  getChoices() { return this.choices.map(({ label }) => ({ getValue: () => label })); }
  getId() { return this.id; }
  getTitle() { return this.title; }
  getType() { return this.kind; }
  createResponse(value) { return { item: this, value }; }
}

class Form {
  constructor(title) { Object.assign(this, { title, items: [], responses: [], settings: {}, fills: [] }); }
  setCollectEmail(yes) { this.settings.collectsEmail = yes; return this; }
  setAllowResponseEdits(yes) { this.settings.allowsEdits = yes; return this; }
  setShowLinkToRespondAgain(yes) { this.settings.showsAgain = yes; return this; }
  setDestination(type, id) { this.settings.destination = id; return this; }
  getId() { return 'form-1'; }
  getPublishedUrl() { return 'https://docs.google.com/forms/d/e/1FAIpQL/viewform'; }
  getResponses() { return this.responses; }
  add(kind) { const item = new Item(kind, 1000 + this.items.length); this.items.push(item); return item; }
  addTextItem() { return this.add('TEXT'); }
  addParagraphTextItem() { return this.add('PARAGRAPH'); }
  addDateItem() { return this.add('DATE'); }
  addMultipleChoiceItem() { return this.add('CHOICE'); }
  addCheckboxItem() { return this.add('CHECKBOX'); }
  addPageBreakItem() { return this.add('PAGE'); }
  createResponse() {
    return { withItemResponse: ({ item }) => ({ toPrefilledUrl: () => `${this.getPublishedUrl()}?usp=pp_url&entry.${item.id + 5}=x` }) };
  }
}

class Tab {
  constructor(name, rows = []) { Object.assign(this, { name, rows, formats: {} }); }
  getFormUrl() { return this.name === 'Form responses 1' ? 'https://docs.google.com/forms/d/e/1FAIpQL/viewform' : null; }
  getLastRow() { return this.rows.length; }
  getMaxRows() { return 1000; }
  getMaxColumns() { return this.rows[0].length; }
  appendRow(cells) { this.writable(); this.rows.push(cells); }
  getDataRange() { return { getValues: () => this.rows }; }
  writable() { if (this.getFormUrl()) throw new Error('the response sheet is never written to'); }
  getRange(row, column, rows, columns) {
    return {
      getValues: () => [this.rows[row - 1].slice(column - 1, column - 1 + columns)],
      setValues: ([cells]) => { this.writable(); this.rows[row - 1] = cells; },
      setNumberFormat: (format) => { this.formats[this.rows[0][column - 1]] = format; },
    };
  }
}

/** A world with a form that may be answered, an address that answers as told, and everything that was said to it. */
export function world({ source, secret = '', answers = [] }) {
  const told = { sent: [], logged: [], slept: [], triggers: [] };
  const properties = secret ? { FORMS_SECRET: secret } : {};
  const tabs = [];
  let form = null;
  const book = {
    getId: () => 'sheet-1',
    getSheets: () => [...tabs],
    getSheetByName: (name) => tabs.find((tab) => tab.name === name) || null,
    insertSheet: (name) => { const tab = new Tab(name); tabs.push(tab); return tab; },
  };
  const trigger = (handler) => ({ handler });
  const services = {
    Utilities: { ...Utilities, sleep: (ms) => told.slept.push(ms) },
    Logger: { log: (line) => told.logged.push(line) },
    LockService: { getScriptLock: () => ({ tryLock: () => !told.locked, releaseLock: () => {} }) },
    PropertiesService: {
      getScriptProperties: () => ({
        getProperty: (name) => properties[name] ?? null,
        setProperties: (more) => Object.assign(properties, more),
      }),
    },
    ScriptApp: {
      getProjectTriggers: () => [...told.triggers],
      deleteTrigger: (gone) => { told.triggers = told.triggers.filter((each) => each !== gone); },
      newTrigger: (handler) => ({
        forForm: () => ({ onFormSubmit: () => ({ create: () => told.triggers.push(trigger(handler)) }) }),
        timeBased: () => ({ everyHours: () => ({ create: () => told.triggers.push(trigger(handler)) }) }),
      }),
    },
    FormApp: {
      create: (title) => { form = new Form(title); return form; },
      openById: () => form,
      DestinationType: { SPREADSHEET: 'SPREADSHEET' },
      PageNavigationType: { CONTINUE: 'continue', SUBMIT: 'submit' },
      ItemType: { CHECKBOX: 'CHECKBOX', DATE: 'DATE' },
      createTextValidation: () => ({
        setHelpText() { return this; },
        requireTextMatchesPattern(pattern) { this.pattern = pattern; return this; },
        build() { return this.pattern; },
      }),
    },
    SpreadsheetApp: {
      create: () => book,
      openById: () => book,
      flush: () => {
        const asked = form.items.filter((item) => item.kind !== 'PAGE').map((item) => item.title);
        tabs.push(new Tab('Form responses 1', [['Timestamp', 'Email Address', ...asked]]));
      },
    },
    UrlFetchApp: {
      fetch: (address, request) => {
        unsigned(request.payload);
        told.sent.push({ address, headers: request.headers, type: request.contentType, body: unsigned(request.payload).toString('utf8') });
        const answer = answers.length ? answers.shift() : 202;
        if (answer === 'unreachable') throw new Error('DNS error');
        return { getResponseCode: () => answer, getContentText: () => JSON.stringify({ reference: 'SUB-2ABCDEFG' }) };
      },
    },
  };
  const context = vm.createContext({ ...services, Date, JSON, Set });
  vm.runInContext(readFileSync(source, 'utf8'), context);
  return { script: context, told, tabs, form: () => form, answer: (id, at, email, said) => answered(form, id, at, email, said) };
}

function answered(form, id, at, email, said) {
  const response = {
    getId: () => id,
    getTimestamp: () => new Date(at),
    getRespondentEmail: () => email,
    getItemResponses: () => said.map(([title, value]) => ({
      getItem: () => form.items.find((item) => item.title === title),
      getResponse: () => value,
    })),
  };
  form.responses.push(response);
  return response;
}
