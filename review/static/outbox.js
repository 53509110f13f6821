"use strict";
// Forms that survive a lost connection. What was typed is kept on this device until it was sent, with a key by which
// the server knows a form that arrives twice; signing out clears it. Without this script the form is a plain form.
(() => {
  const owner = document.body.dataset.user || "";
  if (!owner) return;
  const PREFIX = "qianshao:";
  const QUEUE = `${PREFIX}queue:${owner}`;
  const csrf = () => document.querySelector("input[name=csrf]")?.value || "";
  const read = (name, otherwise) => {
    try { return JSON.parse(localStorage.getItem(name)) ?? otherwise; } catch { return otherwise; }
  };
  const write = (name, value) => {
    try { localStorage.setItem(name, JSON.stringify(value)); return true; } catch { return false; }
  };
  const keep = (queue) => {
    if (queue.length) return write(QUEUE, queue);
    localStorage.removeItem(QUEUE);
    return true;
  };
  const fields = (form) => [...new FormData(form)].filter(([name, value]) => name !== "csrf" && typeof value === "string");
  const value = (list, name) => list.find(([one]) => one === name)?.[1] || "";
  const dayOf = (item) => value(item.fields, "visited_on");
  // A page that was opened at home serves for several visits: another day, or another outcome, is another record. What is
  // sent twice has the same key twice. Of a lead the newest record waits, and each visit in vain on another day.
  const stays = (one, item) => one.lead !== item.lead || (value(one.fields, "status") === "visited_in_vain" && dayOf(one) !== dayOf(item));
  const draftOf = (form) => `${PREFIX}draft:${owner}:${form.dataset.keep}`;

  const bar = document.createElement("p");
  bar.className = "outbox screen";
  bar.setAttribute("role", "status");
  bar.hidden = true;
  document.body.append(bar);
  const button = (text, press) => {
    const made = document.createElement("button");
    made.className = "quiet";
    made.textContent = text;
    made.addEventListener("click", press);
    return made;
  };
  const say = (text) => {
    bar.hidden = !text;
    bar.textContent = text;
  };
  const drop = () => {
    if (!confirm("删掉这些没有交上的记录? 删掉以后找不回来。")) return;
    localStorage.removeItem(QUEUE);
    say("");
  };
  const formOf = (lead) => document.querySelector(`form[data-keep="${CSS.escape(lead)}"]`);
  // `refused` names the leads whose record the server will not take as it is: sending it again changes nothing.
  const waiting = (why, refused = []) => {
    const queue = read(QUEUE, []);
    if (!queue.length) { say(""); return; }
    const here = queue.length === 1 && refused.length === 1 && formOf(refused[0]);
    say(here ? `没有交上: ${why}。改好后再点"提交"。` : `还有${queue.length}条没有交上。${why}`);
    for (const lead of here ? [] : new Set(refused)) {
      const link = document.createElement("a");
      link.className = "button quiet";
      link.href = `/leads/${encodeURIComponent(lead)}/visit`;
      link.textContent = `去改正 ${lead}`;
      bar.append(link);
    }
    if (refused.length < queue.length) bar.append(button("现在补交", () => send()));
    bar.append(button("不交了", drop));
  };

  const post = async (item) => {
    const body = new URLSearchParams(item.fields);
    body.set("csrf", csrf());
    const answer = await fetch(item.action, { method: "POST", body, redirect: "follow", credentials: "same-origin" });
    const ended = new URL(answer.url).pathname;
    // Taken is what leads to the lead's page; any other page is of signing in, or of what has to be done first.
    if (answer.ok && ended === `/leads/${encodeURIComponent(item.lead)}`) return { kept: false };
    if (answer.ok) return { kept: true, why: "没有登录, 或登录后还有一步没有做完; 做完后自动补交。" };
    if (answer.status >= 500 || answer.status === 429) return { kept: true, why: "服务器暂时收不了, 稍后再试。" };
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = (page.querySelector("[role=alert]") || page.querySelector("main p"))?.textContent.trim() || "内容没有被接受";
    return { kept: true, refused: true, why: said };
  };
  let sending = false;
  const send = async () => {
    if (sending || !csrf()) { waiting(""); return; }
    sending = true;
    let why = "";
    const refused = [];
    try {
      for (const item of read(QUEUE, [])) {
        const outcome = await post(item);
        if (outcome.refused) refused.push(item.lead);
        if (outcome.kept) { why = outcome.why; if (!outcome.refused) break; continue; }
        keep(read(QUEUE, []).filter((one) => one.key !== item.key));
        localStorage.removeItem(`${PREFIX}draft:${owner}:${item.lead}`);
      }
    } catch { why = "现在没有信号, 有信号时自动补交。"; }
    sending = false;
    waiting(why, refused);
  };

  for (const form of document.querySelectorAll("form[data-keep]")) {
    const draft = read(draftOf(form), []);
    for (const [name, value] of draft) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "hidden") continue;
        if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
        else if (!field.value || field.tagName === "SELECT") field.value = value;
      }
    }
    const fit = () => {
      const chosen = form.querySelector("[data-offers]:checked");
      const named = (list, name) => (list || "").split(" ").includes(name);
      for (const part of form.querySelectorAll("[data-field]")) {
        const name = part.dataset.field;
        const offered = name === "reason" || named(chosen?.dataset.offers, name);
        const needed = named(chosen?.dataset.asks, name) && !part.dataset.optional;
        part.hidden = !offered;
        const inside = [...part.querySelectorAll("select, input, textarea")];
        for (const field of inside) {
          field.disabled = !offered;
          // Of two fields for one thing either is enough.
          field.required = needed && !inside.some((other) => other !== field && other.value);
        }
      }
    };
    fit();
    form.addEventListener("input", fit);
    form.addEventListener("input", () => write(draftOf(form), fields(form).filter(([name]) => name !== "form_key")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const submitter = event.submitter?.name ? [[event.submitter.name, event.submitter.value]] : [];
      const all = [...fields(form), ...submitter];
      const key = [value(all, "form_key"), value(all, "status"), value(all, "visited_on")].join("/");
      const item = { key, lead: form.dataset.keep, action: form.getAttribute("action"), fields: [...all.filter(([name]) => name !== "form_key"), ["form_key", key]] };
      if (!keep([...read(QUEUE, []).filter((one) => stays(one, item)), item])) { form.submit(); return; }
      await send();
      if (!read(QUEUE, []).some((one) => one.key === item.key)) location.assign(`/leads/${encodeURIComponent(item.lead)}`);
    });
  }
  for (const hint of document.querySelectorAll(".script-only")) hint.hidden = false;
  document.querySelector("form[action='/logout']")?.addEventListener("submit", (event) => {
    // Of whoever wrote on this device: a colleague's records are not lost without a word either.
    const kept = Object.keys(localStorage).filter((one) => one.startsWith(`${PREFIX}queue:`));
    const left = kept.reduce((sum, name) => sum + read(name, []).length, 0);
    if (left && !confirm(`这台设备上还有${left}条入户记录没有交上(可能有同事的), 退出会删掉它们。仍然退出?`)) { event.preventDefault(); return; }
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) localStorage.removeItem(name);
  });
  addEventListener("online", () => send());
  send();
})();
