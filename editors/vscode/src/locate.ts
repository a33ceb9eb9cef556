// Finds the server's program, so that its absence can be said plainly before anything is started.
import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";

/** The absolute path of `command`, or null: an absolute path, `~/...`, or a name on `searchPath`. */
export function locate(command: string, searchPath: string, platform: string): string | null {
  const expanded = command.startsWith("~/") ? join(homedir(), command.slice(2)) : command;
  const endings = platform === "win32" ? ["", ".exe", ".cmd"] : [""];
  const folders = isAbsolute(expanded)
    ? [""]
    : searchPath.split(delimiter).filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    for (const ending of endings) {
      const candidate = folder ? join(folder, expanded + ending) : expanded + ending;
      if (isProgram(candidate)) {
        return candidate;
      }
    }
  }
  return null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
