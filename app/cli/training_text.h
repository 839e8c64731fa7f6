// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QMap>
#include <QStringList>

#include "core/base/report_table.h"

namespace pimento {

// Events of a training run as people read them: one line that overwrites itself while it goes on (a line an epoch where
// standard error is no terminal), variants in the order of the job. Unknown events and keys are passed over.
class TrainingText {
 public:
  explicit TrainingText(bool terminal) : m_terminal(terminal) {}
  // What to print for an event; empty: nothing.
  [[nodiscard]] QString textOf(const QJsonObject &event);

 private:
  void start(const QJsonObject &event);
  [[nodiscard]] QString values(const QString &stage, const QJsonObject &byVariant, int digits) const;
  [[nodiscard]] QString line(const QString &text) const;

  bool m_terminal;
  QMap<QString, QStringList> m_variants;  // of each stage, in order
  QString m_request;                      // that the worker heard last
};

// Whether a group Lasso left all channels of all sub-nets.
[[nodiscard]] bool prunedNothing(const QJsonObject &result);

// The result's variants, and its teacher, as rows: variant, accuracy_pct, correct, n, the interval, kind, whether
// training was stopped before its last epoch, and what a group Lasso learned.
[[nodiscard]] ReportTable trainingTable(const QJsonObject &result);

}  // namespace pimento
