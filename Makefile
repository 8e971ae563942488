# 湖小政: make run serves the chat page, make test runs the tests.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test install check index eval model clean help

help:
	@echo "make run      安装(首次)、建索引、打开问答页 http://127.0.0.1:7860"
	@echo "make test     安装(首次)、运行测试"
	@echo "make install  只安装"
	@echo "make check    代码检查:ruff、mypy、import-linter"
	@echo "make index    重建索引"
	@echo "make eval     评测回答,与基线比较"
	@echo "make clean    删除虚拟环境与索引"

install: $(STAMP)

$(STAMP): requirements.lock
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更高版本(含 pip):没有找到。请先安装 Python 3.11+,再运行 make。"; exit 2; }
	@echo "[1/2] 建立虚拟环境 $(VENV)($$($(PYTHON) --version))"
	@$(PYTHON) -m venv $(VENV)
	@echo "[2/2] 安装 requirements.lock 中的依赖(首次约 2 分钟)"
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -r requirements.lock
	@touch $(STAMP)

run: install
	@$(BIN)/python -m ingest ensure
	@$(BIN)/python -m assistant serve

index: install
	@$(BIN)/python -m ingest ensure --rebuild

test: install
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

eval: install
	@$(BIN)/python -m ingest ensure
	@$(BIN)/python -m eval run

model: install
	@test -n "$(MATERIAL)" || { echo "请指明训练材料目录:make model MATERIAL=目录"; exit 2; }
	@$(BIN)/python -m vectorstore.train --material "$(MATERIAL)"

clean:
	rm -rf $(VENV) data
