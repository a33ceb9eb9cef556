-- BioQL language server for Neovim 0.12. To install: pip install ".[worker]" in a clone of this repository,
-- copy this file to ~/.config/nvim/lsp/bioql.lua, and put this into ~/.config/nvim/init.lua:
--
--   vim.lsp.enable('bioql')
--   vim.lsp.inline_completion.enable()
--   vim.lsp.inlay_hint.enable(); vim.lsp.codelens.enable()
--   vim.keymap.set('i', '<C-l>', vim.lsp.inline_completion.get, { desc = 'Accept the ghost text' })
--   vim.o.statusline = '%f %m%=%{get(g:, "bioql_status", "")}  %l:%c '
--
-- Commands: :BioqlExplain  :BioqlSimulate  :BioqlGenerate {instruction}  :BioqlBalance  :BioqlRestartWorker  :BioqlAction
-- For a remote worker set BIOQL_WORKER_URL and BIOQL_API_KEY in the environment before Neovim starts.

local WORDS = {
  loading = 'loading',
  busy = 'working',
  offline = 'worker offline',
  out_of_credit = 'out of credit',
  rate_limited = 'rate limited',
}

-- Neovim's own vim.notify stops the typing with a "Press ENTER" for a text that is wider than the screen: such a text is
-- shown cut, and is in :messages whole. A vim.notify of the user's gets all of it.
local function notify(message, level)
  level = level or vim.log.levels.INFO
  local source = debug.getinfo(vim.notify, 'S').source
  local is_users = source ~= '?' and not vim.startswith(source, '@vim/')
  if is_users or vim.fn.strdisplaywidth(message) <= vim.v.echospace then
    vim.notify(message, level)
    return
  end
  local highlight = level >= vim.log.levels.WARN and 'WarningMsg' or 'None'
  local note = ' ... :messages'
  local cut = vim.fn.strcharpart(message, 0, math.max(0, vim.v.echospace - #note))
  local options = vim.o.messagesopt
  vim.o.messagesopt = options:gsub('hit%-enter', 'wait:0')
  vim.api.nvim_echo({ { message, highlight } }, true, {})
  vim.cmd.redraw()
  vim.o.messagesopt = options
  vim.api.nvim_echo({ { cut .. note, highlight } }, false, {})
end

-- Amounts come as decimal strings; what is shown is rounded, what is booked is not.
local function usd(amount)
  return ('$%.6f'):format(tonumber(amount) or 0)
end

-- A worker of one's own books at price 0 on an account that holds nothing.
local function is_free(cost, balance)
  return tonumber(cost) == 0 and tonumber(balance) == 0
end

-- Runs a command of the server and passes its result on; errors are shown, never swallowed.
local function execute(client, command, on_result)
  local params = { command = command.command, arguments = command.arguments }
  client:request('workspace/executeCommand', params, function(failure, result)
    if failure then
      notify('BioQL: ' .. failure.message, vim.log.levels.ERROR)
    elseif on_result then
      on_result(result)
    end
  end)
end

-- The text in a window at the cursor. The next move closes it; the same command again goes into it.
local function show(text, name)
  local lines = vim.split(text, '\n', { trimempty = true })
  vim.lsp.util.open_floating_preview(lines, '', { border = 'rounded', focus_id = name })
end

local function costs(answer)
  return table.concat(vim.tbl_map(function(run) return run.message end, answer.runs), '\n')
end

-- What is shown here for an answer, for the commands that a code lens runs as well.
local TEXTS = {
  ['bioql.explain'] = function(answer) return answer.text end,
  ['bioql.simulate'] = function(answer) return answer.text end,
  ['bioql.estimate'] = costs,
}

local function execute_and_show(client, command)
  execute(client, command, function(answer)
    show(TEXTS[command.command](answer), command.command)
  end)
end

-- Where the cursor is, as the server's commands take it.
local function here(client)
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  return { uri = params.textDocument.uri, position = params.position }
end

-- The text on the statusline: what the worker is at or suffers from, or else what was spent.
local function show_status()
  local usage, status = vim.g.bioql_usage, vim.g.bioql_worker
  local word = status and WORDS[status.state]
  if word then
    vim.g.bioql_status = 'BioQL ' .. word
  elseif usage and is_free(usage.costUsd, usage.balanceUsd) then
    vim.g.bioql_status = 'BioQL free'
  elseif usage then
    vim.g.bioql_status = ('BioQL %s, session %s, %s left'):format(
      usd(usage.costUsd), usd(usage.sessionUsd), usd(usage.balanceUsd))
  else
    vim.g.bioql_status = 'BioQL'
  end
  vim.cmd.redrawstatus({ bang = true })
end

local function on_message(_, params)
  local levels = { vim.log.levels.ERROR, vim.log.levels.WARN, vim.log.levels.INFO }
  notify(params.message, levels[params.type])
end

local function on_usage(_, usage)
  vim.g.bioql_usage = usage
  show_status()
end

-- The server says by itself what is wrong; here it goes into the statusline and what helps is kept for :BioqlAction.
local function on_status(_, status)
  vim.g.bioql_worker = status
  show_status()
end

local function generate(client, instruction)
  local arguments = { vim.tbl_extend('error', here(client), { instruction = instruction }) }
  execute(client, { command = 'bioql.generate', arguments = arguments }, function(answer)
    -- Where nothing was inserted, the server has said why.
    if type(answer) == 'table' and type(answer.code) == 'string' and answer.code ~= '' then
      local bill = ('cost %s, %s left'):format(usd(answer.cost_usd), usd(answer.balance_usd))
      notify(('BioQL: inserted (%s)'):format(is_free(answer.cost_usd, answer.balance_usd) and 'free' or bill))
    end
  end)
end

local function on_attach(client, bufnr)
  -- Neovim leaves K to pydoc in Python files, which knows nothing of sentences.
  if vim.fn.maparg('K', 'n') == '' then
    vim.keymap.set('n', 'K', vim.lsp.buf.hover, { buffer = bufnr, desc = 'vim.lsp.buf.hover()' })
  end

  local function command(name, description, run, nargs)
    vim.api.nvim_buf_create_user_command(bufnr, name, run, { desc = description, nargs = nargs or 0 })
  end

  command('BioqlExplain', 'Show what the sentence at the cursor compiles to', function()
    execute_and_show(client, { command = 'bioql.explain', arguments = { here(client) } })
  end)

  command('BioqlSimulate', 'Run the sentence at the cursor on this machine, free', function()
    execute_and_show(client, { command = 'bioql.simulate', arguments = { here(client) } })
  end)

  -- The model writes Python.
  if vim.bo[bufnr].filetype == 'python' then
    command('BioqlGenerate', 'Write BioQL for an instruction, at the cursor', function(call)
      if call.args ~= '' then
        generate(client, call.args)
        return
      end
      vim.ui.input({ prompt = 'What should the code do? ' }, function(instruction)
        if instruction and instruction ~= '' then
          generate(client, instruction)
        end
      end)
    end, '?')
  end

  command('BioqlBalance', 'Show the balance of your account', function()
    execute(client, { command = 'bioql.balance' })
  end)

  command('BioqlRestartWorker', 'Restart the local BioQL worker', function()
    execute(client, { command = 'bioql.restartWorker' })
  end)

  command('BioqlAction', 'Do what helps against the worker\'s last problem', function()
    local offered = (vim.g.bioql_worker or {}).command
    if type(offered) == 'table' then
      execute(client, offered)
    else
      notify('BioQL: there is nothing to do')
    end
  end)
end

vim.filetype.add({ extension = { bql = 'bql' } })

local commands = {}
for name in pairs(TEXTS) do
  commands[name] = function(command, context)
    execute_and_show(assert(vim.lsp.get_client_by_id(context.client_id)), command)
  end
end

return {
  cmd = { 'bioql-lsp', '--stdio' },
  filetypes = { 'python', 'bql' },
  root_markers = { 'pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', '.git' },
  settings = { bioql = vim.empty_dict() },
  -- What is shown here, the server does not tell in a message of its own.
  init_options = { bioqlClient = { commands = vim.tbl_keys(commands) } },
  commands = commands,
  handlers = {
    ['window/showMessage'] = on_message,
    ['bioql/usage'] = on_usage,
    ['bioql/status'] = on_status,
  },
  on_attach = on_attach,
}
