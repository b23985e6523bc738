/** Requests to the relay's own address; refusals become `ApiError` with their stable code. */

export class ApiError extends Error {
  /**
   * @param {number} status 0 when nobody answered
   * @param {string} code
   * @param {Object} [parameters] fill the blanks of the code's sentence
   * @param {string} [field] field of the form at fault
   */
  constructor(status, code, parameters, field) {
    super(code);
    this.status = status;
    this.code = code;
    this.parameters = parameters || {};
    this.field = field || "";
  }
}

/** @param {RequestInit} [options] @returns {Promise<Response>} */
export async function request(path, options) {
  let response;
  try {
    response = await fetch(path, Object.assign({ credentials: "same-origin", cache: "no-store" }, options));
  } catch (_) {
    throw new ApiError(0, "page.offline");
  }
  if (response.ok) return response;
  let problem = {};
  try {
    problem = await response.json();
  } catch (_) { /* not ours: a proxy's page */ }
  const code = problem.code || (response.status >= 500 ? "busy" : "page.failed");
  throw new ApiError(response.status, code, problem.parameters, problem.field);
}

export async function get(path) {
  return (await request(path)).json();
}

export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  const response = await request(path, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  return text ? JSON.parse(text) : {};
}
