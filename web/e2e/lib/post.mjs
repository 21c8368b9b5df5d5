// A mail server that keeps what it takes, and answers some addresses otherwise.
import { createServer } from "node:net";

/** Listens on a free port; `answers` has what is said to an address instead of 250. */
export async function listen(answers = {}) {
  const mails = [];
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    speak(socket, mails, answers);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  return { port: server.address().port, mails, stop };
}

/** Speaks SMTP with one caller. */
function speak(socket, mails, answers) {
  let heard = "";
  let isText = false;
  const say = (line) => socket.write(`${line}\r\n`);
  /** The next line, or in a mail the whole of it; none while it is not all there. */
  const next = () => {
    const mark = isText ? "\r\n.\r\n" : "\r\n";
    const end = heard.indexOf(mark);
    if (end < 0) return null;
    const part = heard.slice(0, end);
    heard = heard.slice(end + mark.length);
    return part;
  };
  say("220 post.test");
  socket.setEncoding("utf8").on("data", (chunk) => {
    heard += chunk;
    for (let part = next(); part !== null; part = next()) {
      if (isText) {
        mails.push(part);
        say("250 taken");
        isText = false;
        continue;
      }
      say(answerTo(part, answers));
      isText = /^data$/iu.test(part);
      if (/^quit$/iu.test(part)) socket.end();
    }
  });
}

function answerTo(line, answers) {
  if (/^data$/iu.test(line)) return "354 go on";
  if (/^quit$/iu.test(line)) return "221 bye";
  return answers[/^rcpt to:<(.*)>/iu.exec(line)?.[1]] ?? "250 post.test";
}

/** The text of a mail as it came. */
export function textOf(mail) {
  const at = mail.indexOf("\r\n\r\n");
  const body = mail.slice(at + 4);
  const isEncoded = /^content-transfer-encoding: base64/im.test(mail.slice(0, at));
  return isEncoded ? Buffer.from(body, "base64").toString("utf8") : body;
}
