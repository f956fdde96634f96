/**
 * Auditloop's side of a Google Form: makes the form, sends each response signed, and catches up on what it missed.
 *
 * Print this file with `flask tool form VERSION`, which fills in PLAN and ADDRESS. Put the secret into Project Settings →
 * Script Properties as FORMS_SECRET; it stands nowhere else. Then run `create` once. See docs/google-form.md.
 */

const PLAN = /* PLAN */ { title: '', version: '', sections: [] } /* END OF PLAN */;
const ADDRESS = /* ADDRESS */ '' /* END OF ADDRESS */;

const TRIES = 3;
const FIRST_WAIT_MS = 2000;
const LONGEST_SWEEP_MS = 5 * 60 * 1000; // Google ends a run after six minutes.
const STATE_TAB = 'Auditloop';
const STATE_HEADINGS = ['Response', 'When', 'State', 'Reference'];
const SENT = 'sent';
const SUBMIT = 'submit';
const CASE_REFERENCE = '^[A-Z0-9/-]{3,20}$';

/** Makes the form with its response sheet and triggers, and logs its map for `flask tool link`. */
function create() {
  const form = FormApp.create(PLAN.title);
  form.setCollectEmail(true).setAllowResponseEdits(true).setShowLinkToRespondAgain(false);
  const items = addSections_(form);
  const sheet = SpreadsheetApp.create(PLAN.title + ' (responses)');
  form.setDestination(FormApp.DestinationType.SPREADSHEET, sheet.getId());
  PropertiesService.getScriptProperties().setProperties({ FORM_ID: form.getId(), SHEET_ID: sheet.getId() });
  keepAsText_(sheet);
  installTriggers();
  Logger.log(JSON.stringify(mapOf_(form, items)));
}

/** Each trigger once, however often this is run. It runs as whoever runs it: use a mailbox that stays. */
function installTriggers() {
  ScriptApp.getProjectTriggers().forEach((trigger) => ScriptApp.deleteTrigger(trigger));
  ScriptApp.newTrigger('onSubmit').forForm(form_()).onFormSubmit().create();
  ScriptApp.newTrigger('sweep').timeBased().everyHours(1).create();
}

/** What the form's trigger calls. A response that cannot be sent now is left to the sweep. */
function onSubmit(event) {
  send_(event.response);
}

/** Every hour: what was not sent is sent. Two sweeps never run at once. */
function sweep() {
  const lock = LockService.getScriptLock();
  if (!lock.tryLock(1000)) return;
  try {
    const until = Date.now() + LONGEST_SWEEP_MS;
    const states = states_();
    for (const response of form_().getResponses()) {
      if (Date.now() > until) return;
      if (states[keyOf_(response)] !== SENT) send_(response);
    }
  } finally {
    lock.releaseLock();
  }
}

// ---- sending

function send_(response) {
  const body = JSON.stringify(bodyOf_(response));
  const answer = post_(body, 'msg_' + Utilities.getUuid());
  mark_(keyOf_(response), answer);
}

/** The body as our address takes it. What was left empty is left out. */
function bodyOf_(response) {
  return {
    response_id: response.getId(),
    submitted_at: response.getTimestamp().toISOString(),
    respondent: response.getRespondentEmail() || '',
    answers: response.getItemResponses().map(answerOf_).filter((answer) => answer.value.length > 0),
  };
}

function answerOf_(itemResponse) {
  const item = itemResponse.getItem();
  const value = itemResponse.getResponse();
  return {
    item: String(item.getId()),
    title: item.getTitle(),
    value: Array.isArray(value) ? value.map(String) : String(value === null || value === undefined ? '' : value),
  };
}

/** Three tries of one delivery under one id. Only what may be different next time is tried again. */
function post_(body, id) {
  let answer = { state: 'not reached', reference: '' };
  for (let tried = 0; tried < TRIES; tried += 1) {
    if (tried > 0) Utilities.sleep(FIRST_WAIT_MS * 2 ** (tried - 1));
    answer = tryOnce_(body, id);
    if (!answer.again) return answer;
  }
  return answer;
}

function tryOnce_(body, id) {
  try {
    const reply = UrlFetchApp.fetch(ADDRESS, request_(body, id));
    const status = reply.getResponseCode();
    if (status === 200 || status === 202) {
      return { state: SENT, reference: JSON.parse(reply.getContentText()).reference || '', again: false };
    }
    return { state: 'refused: ' + status, reference: '', again: status === 429 || status >= 500 };
  } catch (error) {
    return { state: 'not reached', reference: '', again: true };
  }
}

function request_(body, id) {
  const bytes = Utilities.newBlob(body).getBytes(); // A blob of text is UTF-8: the very bytes that are sent.
  const timestamp = String(Math.floor(Date.now() / 1000));
  return {
    method: 'post',
    contentType: 'application/json',
    payload: bytes,
    headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': sign_(id, timestamp, bytes) },
    muteHttpExceptions: true,
    followRedirects: false,
  };
}

/** Standard Webhooks: HMAC-SHA256 over id.timestamp.body, all as bytes. Google's bytes are signed, base64 takes them. */
function sign_(id, timestamp, bytes) {
  const signed = Utilities.newBlob(id + '.' + timestamp + '.').getBytes().concat(bytes);
  return 'v1,' + Utilities.base64Encode(Utilities.computeHmacSha256Signature(signed, key_()));
}

function key_() {
  const secrets = PropertiesService.getScriptProperties().getProperty('FORMS_SECRET') || '';
  const secret = secrets.split(',')[0].trim();
  if (!secret) throw new Error('Put the secret into the script properties as FORMS_SECRET.');
  return secret.startsWith('whsec_')
    ? Utilities.base64Decode(secret.slice('whsec_'.length))
    : Utilities.newBlob(secret).getBytes();
}

// ---- what was sent, in a tab of its own: the tab with the responses is never written to

/** A response that is edited keeps its id; with its time it is another sending. */
function keyOf_(response) {
  return response.getId() + ' ' + response.getTimestamp().toISOString();
}

function stateTab_() {
  const book = SpreadsheetApp.openById(property_('SHEET_ID'));
  const tab = book.getSheetByName(STATE_TAB) || book.insertSheet(STATE_TAB);
  if (tab.getLastRow() === 0) tab.appendRow(STATE_HEADINGS);
  return tab;
}

function states_() {
  const states = {};
  stateTab_().getDataRange().getValues().forEach(([key, , state]) => {
    states[key] = state;
  });
  return states;
}

/** One row for each sending; a later try writes over it. */
function mark_(key, answer) {
  const tab = stateTab_();
  const keys = tab.getDataRange().getValues().map(([first]) => first);
  const row = keys.indexOf(key) + 1 || tab.getLastRow() + 1;
  const cells = [key, new Date().toISOString(), answer.state, answer.reference];
  tab.getRange(row, 1, 1, cells.length).setValues([cells]);
}

function property_(name) {
  return PropertiesService.getScriptProperties().getProperty(name);
}

function form_() {
  return FormApp.openById(property_('FORM_ID'));
}

// ---- making the form

/** Adds every section and question; gives each question's item by our name for it. */
function addSections_(form) {
  const pages = {};
  const items = {};
  PLAN.sections.forEach((section, place) => {
    if (place > 0) pages[section.title] = form.addPageBreakItem().setTitle(section.title);
    section.columns.forEach((column) => {
      items[column.name] = ADD[column.kind](form, column).setTitle(column.title).setHelpText(column.hint);
      items[column.name].setRequired(column.required);
    });
  });
  leadOn_(items, pages);
  return items;
}

const ADD = {
  line: (form, column) => {
    const item = form.addTextItem();
    return column.name === 'case_ref' ? item.setValidation(caseReference_()) : item;
  },
  prose: (form) => form.addParagraphTextItem(),
  day: (form) => form.addDateItem(),
  choice: (form, column) => form.addMultipleChoiceItem().setChoiceValues(labels_(column)),
  ticks: (form, column) => form.addCheckboxItem().setChoiceValues(labels_(column)),
};

function labels_(column) {
  return column.choices.map((choice) => choice.label);
}

function caseReference_() {
  return FormApp.createTextValidation()
    .setHelpText('Capital letters, digits, / and -, as in your message.')
    .requireTextMatchesPattern(CASE_REFERENCE)
    .build();
}

/** Pages exist only when all are added, so where answers lead is set last. */
function leadOn_(items, pages) {
  columns_().filter((column) => column.choices.some((choice) => choice.leads_to)).forEach((column) => {
    const item = items[column.name];
    item.setChoices(column.choices.map((choice) => item.createChoice(choice.label, target_(choice, pages))));
  });
}

function target_(choice, pages) {
  if (!choice.leads_to) return FormApp.PageNavigationType.CONTINUE;
  return choice.leads_to === SUBMIT ? FormApp.PageNavigationType.SUBMIT : pages[choice.leads_to];
}

/** 00123 stays 00123: every column that somebody types into is plain text. Google's times and days stay what they are. */
function keepAsText_(sheet) {
  SpreadsheetApp.flush();
  const responses = sheet.getSheets().find((tab) => tab.getFormUrl());
  if (!responses) return;
  const typed = new Set(columns_().filter((column) => ['line', 'prose'].includes(column.kind)).map((each) => each.title));
  const headings = responses.getRange(1, 1, 1, responses.getMaxColumns()).getValues()[0];
  headings.forEach((heading, place) => {
    if (typed.has(heading)) responses.getRange(1, place + 1, responses.getMaxRows(), 1).setNumberFormat('@');
  });
}

function columns_() {
  return PLAN.sections.flatMap((section) => section.columns);
}

/** Our name for each question beside Google's two: the item's id, and the entry a filled-in link uses. */
function mapOf_(form, items) {
  return {
    version: PLAN.version,
    form_url: form.getPublishedUrl(),
    items: Object.keys(items).map((name) => ({
      name,
      item: String(items[name].getId()),
      entry: entryOf_(form, items[name]),
    })),
  };
}

function entryOf_(form, item) {
  const filled = form.createResponse().withItemResponse(sampleOf_(item)).toPrefilledUrl();
  const found = /entry\.([0-9]+)/.exec(filled);
  return found ? found[1] : '';
}

function sampleOf_(item) {
  const choices = item.getChoices ? item.getChoices().map((choice) => choice.getValue()) : [];
  if (item.getType() === FormApp.ItemType.CHECKBOX) return item.createResponse([choices[0]]);
  if (choices.length) return item.createResponse(choices[0]);
  return item.createResponse(item.getType() === FormApp.ItemType.DATE ? new Date(2017, 9, 2) : 'ABC-1');
}
