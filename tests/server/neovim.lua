-- Drives a session in a real Neovim: what a user sees and does, written to the file that KERLINT_SEEN names.
local seen = {}

local function line(number)
  return vim.api.nvim_buf_get_lines(0, number - 1, number, true)[1]
end

local function codes()
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, one.code .. "@" .. (one.lnum + 1))
  end
  table.sort(found)
  return table.concat(found, " ")
end

local function until_true(what, holds)
  local came = vim.wait(60000, holds, 20)
  assert(came, "waited in vain: " .. what .. ", there is " .. codes())
end

local function act(row, title)
  vim.api.nvim_win_set_cursor(0, { row, 10 })
  local before = vim.b.changedtick
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action) return action.title == title end,
  })
  until_true(title, function() return vim.b.changedtick ~= before end)
end

local ok, problem = pcall(function()
  vim.cmd("filetype on")
  vim.lsp.config("kerlint", {
    cmd = { vim.env.KERLINT_PYTHON, "-m", "kerlint", "server" },
    filetypes = { "python" },
    root_markers = { "kerlint.toml" },
  })
  vim.lsp.enable("kerlint")
  vim.cmd.edit("model.py")

  until_true("findings", function() return codes() == "KER301@6 KER301@7" end)
  seen.first = codes()
  seen.encoding = vim.lsp.get_clients()[1].offset_encoding

  local position = { line = 5, character = 30 }
  local asked = { textDocument = vim.lsp.util.make_text_document_params(), position = position }
  seen.hover = vim.lsp.buf_request_sync(0, "textDocument/hover", asked, 60000)[1].result.contents.value

  vim.lsp.inlay_hint.enable(true)
  until_true("hints", function() return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0 end)
  seen.hints = vim.tbl_map(function(hint) return hint.inlay_hint.label end, vim.lsp.inlay_hint.get({ bufnr = 0 }))

  act(6, "kerlint (KER301): write strides=3")
  seen.fixed = line(6)
  until_true("the fix", function() return codes() == "KER301@7" end)

  act(7, "kerlint (KER301): Ignore for this line")
  seen.ignored = line(7)
  until_true("silence", function() return codes() == "" end)

  vim.api.nvim_buf_set_lines(0, 5, 6, true, { "model.add(keras.layers.MaxPooling2D(3))" })
  until_true("the finding again", function() return codes() == "KER301@6" end)
  vim.api.nvim_buf_set_lines(0, 0, 0, true, { "import numpy as np", "broken = (" })
  until_true("a syntax error", function() return codes():find("KER001") ~= nil end)
  seen.broken = codes()
end)

seen.problem = not ok and tostring(problem) or nil
local file = assert(io.open(vim.env.KERLINT_SEEN, "w"))
file:write(vim.json.encode(seen))
file:close()
vim.cmd("qall!")
