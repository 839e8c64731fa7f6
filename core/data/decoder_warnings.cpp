// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/decoder_warnings.h"

#include <QtGlobal>
#include <atomic>
#include <cstdio>

namespace pimento {

namespace {

constexpr qsizetype MostTexts = 16;

thread_local QStringList *t_texts = nullptr;
thread_local bool t_passing = false;
std::atomic<QtMessageHandler> s_before = nullptr;

// Decoding happens between Qt and its plugins alone: every message of this thread is a decoder's.
void keepOrPass(QtMsgType type, const QMessageLogContext &context, const QString &text) {
  if (t_texts != nullptr && type != QtFatalMsg) {
    if (t_texts->size() < MostTexts) *t_texts << text.simplified();
    return;
  }
  const QtMessageHandler before = s_before.load();
  if (before != nullptr && !t_passing) {
    t_passing = true;  // a handler that was installed later may hand its messages back to this one
    before(type, context, text);
    t_passing = false;
  } else {
    std::fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, text)));
  }
}

}  // namespace

DecoderWarnings::DecoderWarnings() {
  t_texts = &m_texts;
  const QtMessageHandler before = qInstallMessageHandler(keepOrPass);
  if (before != keepOrPass) s_before = before;
}

DecoderWarnings::~DecoderWarnings() { t_texts = nullptr; }

}  // namespace pimento
