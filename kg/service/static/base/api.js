// A path of this server's API and parameters in, what it answers out; what goes wrong is a `Failure` with a status.

/** A request that was not answered as hoped; `status` is 0 where there was no answer at all. */
export class Failure extends Error {
  constructor(status, message) {
    super(message);
    this.name = "Failure";
    this.status = status;
  }
}

const underway = new Map(); // what was asked for ahead, by its address

/** The JSON that a GET is answered with. `null`, `undefined` and "" leave a parameter out; a list repeats it. */
export function get(path, parameters = {}, { signal } = {}) {
  const address = path + query(parameters);
  const begun = underway.get(address);
  underway.delete(address);
  return begun ?? json(address, signal);
}

/** Begins to ask for what the next `get` of the same path and parameters will want. */
export function ahead(path, parameters, { signal }) {
  const address = path + query(parameters);
  const answer = json(address, signal);
  underway.set(address, answer);
  const forget = () => underway.get(address) === answer && underway.delete(address);
  answer.catch(forget); // who gets it is told
  signal.addEventListener("abort", forget); // nobody wanted it
}

async function json(address, signal) {
  const response = await asked(address, { signal, headers: { Accept: "application/json" } });
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failure(response.status, `${address}: not JSON`);
  }
}

/** The response to a form that is posted, such as a query whose result is a file. Throws `Failure`. */
export function post(path, fields, { signal, headers = {} } = {}) {
  return asked(path, { method: "POST", body: new URLSearchParams(fields), signal, headers });
}

/** Parameters as what follows a path: "?a=1&b=2", or nothing. */
export function query(parameters) {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== null && each !== undefined && each !== "") said.append(name, each);
    }
  }
  const text = said.toString();
  return text && `?${text}`;
}

/** What is imported; a module that does not come is a server that does not answer. */
export async function imported(module) {
  try {
    return await module;
  } catch (error) {
    throw error instanceof TypeError ? new Failure(0, error.message) : error; // it was not fetched
  }
}

async function asked(address, options) {
  let response;
  try {
    response = await fetch(address, { credentials: "same-origin", ...options });
  } catch (error) {
    throw error.name === "AbortError" ? error : new Failure(0, error.message);
  }
  if (response.ok) return response;
  const said = await response.text().catch(() => "");
  throw new Failure(response.status, said.trim() || response.statusText);
}
