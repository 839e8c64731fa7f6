// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/design_settings.h"

#include <algorithm>

#include "app/session/labels.h"
#include "core/explore/training_name.h"

namespace pimento {

namespace {

constexpr qsizetype LongStart = 6;   // characters in common that are worth leaving out
constexpr qsizetype HashLength = 6;  // characters of a profile's hash that tell it

// As far as both go, to the end of a word.
QString commonStart(const QString &a, const QString &b) {
  const auto most = std::min(a.size(), b.size());
  qsizetype same = 0;
  while (same < most && a[same] == b[same]) ++same;
  while (same > 0 && a[same - 1].isLetterOrNumber()) --same;
  return a.left(same);
}

}  // namespace

void DesignSettings::add(const DesignTable &table, std::uint32_t row) {
  const DesignKey &key = table.key(row);
  if (!m_first) {
    m_first = key;
    m_runStart = table.name(key.run);
    return;
  }
  m_dataset |= key.dataset != m_first->dataset;
  m_training |= key.training != m_first->training;
  m_platform |= key.platform != m_first->platform;
  m_profile |= key.platform == m_first->platform && key.profileHash != m_first->profileHash;
  m_bits |= key.bitsWeights != m_first->bitsWeights || key.bitsActivations != m_first->bitsActivations;
  m_scope |= key.scope != m_first->scope;
  m_reference |= key.platform == m_first->platform && key.reference != m_first->reference;
  if (key.run == m_first->run) return;
  m_run = true;
  if (key.run != 0)
    m_runStart = commonStart(m_runStart.isEmpty() ? table.name(key.run) : m_runStart, table.name(key.run));
}

QString DesignSettings::runText(const DesignTable &table, NameId run) const {
  const QString &name = table.name(run);
  const bool longStart = m_run && m_runStart.size() >= LongStart && m_runStart.size() < name.size();
  return QStringLiteral("run ") + (longStart ? QStringLiteral("…") + name.mid(m_runStart.size()) : name);
}

QString DesignSettings::text(const DesignTable &table, std::uint32_t row, const Filter &filter) const {
  const DesignKey &key = table.key(row);
  struct Piece {
    bool differs;
    QString text;
  };
  const bool bits = key.bitsWeights != 0;
  const QString hash = table.name(key.profileHash).left(HashLength);
  // A run has one training, but for weights that were trained on as integers: "joint quantisation-aware".
  const QString &training = table.name(key.training);
  const Piece parts[] = {
      // what tells most in least room first: a narrow column cuts the rest
      {m_bits, bits ? QStringLiteral("%1:%2").arg(key.bitsWeights).arg(key.bitsActivations) : QString()},
      {m_platform, platformTitle(table.name(key.platform))},
      {m_run, key.run == 0 ? QString() : runText(table, key.run)},
      {m_dataset, datasetTitle(table.name(key.dataset))},
      {m_training, key.run == 0 ? training : trainingHow(training)},
      {m_profile, hash.isEmpty() ? QString() : QStringLiteral("profile ") + hash},
      {m_scope, key.scope == Scope::Head ? QStringLiteral("head only") : QStringLiteral("whole")},
      {m_reference, key.reference ? QStringLiteral("reference") : QString()}};
  QStringList first;
  for (const Piece &part : parts)
    if (part.differs && !part.text.isEmpty()) first << part.text;
  // Behind what differs, what the row is otherwise; each part once.
  for (const QString &part : designSetting(table, row, filter).split(QStringLiteral(" · ")))
    if (!first.contains(part) && !(m_run && part.startsWith(QStringLiteral("run ")))) first << part;
  return first.join(QStringLiteral(" · "));
}

}  // namespace pimento
