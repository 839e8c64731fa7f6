// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training_text.h"

#include <QJsonArray>
#include <algorithm>

#include "core/base/format.h"

namespace pimento {

namespace {

QString duration(double s) {
  const auto whole = static_cast<qint64>(s + 0.5);
  const QString minutes = QStringLiteral("%1:%2").arg(whole / 60 % 60, whole < 3600 ? 1 : 2, 10, QLatin1Char('0'));
  const QString text = minutes.arg(whole % 60, 2, 10, QLatin1Char('0'));
  return whole < 3600 ? text : QStringLiteral("%1:%2").arg(whole / 3600).arg(text);
}

QString text(const QJsonObject &event, const char *key) { return event[QLatin1String(key)].toString(); }
QString count(const QJsonObject &event, const char *key) { return grouped(event[QLatin1String(key)].toInteger()); }
double number(const QJsonObject &event, const char *key) { return event[QLatin1String(key)].toDouble(); }

QString epochOf(const QJsonObject &event) {
  const double epoch = number(event, "epoch");
  const int digits = epoch == static_cast<int>(epoch) && text(event, "event") == QStringLiteral("epoch") ? 0 : 2;
  return QStringLiteral("%1 epoch %2/%3")
      .arg(text(event, "stage"))
      .arg(epoch, 0, 'f', digits)
      .arg(number(event, "epochs"));
}

// Nothing until it can be told.
QString leftOf(const QJsonObject &event) {
  return event.contains(QStringLiteral("left_s")) ? QStringLiteral(", %1 left").arg(duration(number(event, "left_s")))
                                                  : QString();
}

QString requestText(const QString &request) {
  if (request == QStringLiteral("pause")) return QStringLiteral("pauses");
  return request == QStringLiteral("stop") ? QStringLiteral("stops and keeps the best") : QStringLiteral("cancels");
}

// A stop leaves a run paused where none of its variants has learned anything.
QString pausedText(const QJsonObject &event, const QString &request) {
  if (!event.contains(QStringLiteral("stage")))
    return QStringLiteral("paused before it began; the same command begins it");
  if (request == QStringLiteral("stop"))
    return QStringLiteral(
               "paused in %1: its variants have learned nothing yet that could be kept; the command that it was begun "
               "with goes on")
        .arg(epochOf(event));
  return QStringLiteral("paused in %1; the same command goes on").arg(epochOf(event));
}

void addRow(ReportTable &table, const QJsonObject &v, bool learned, bool stopped) {
  const QJsonArray interval = v[QStringLiteral("interval_pct")].toArray();
  table.rows.push_back({text(v, "variant"), number(v, "accuracy_pct"), qint64(v[QStringLiteral("correct")].toInteger()),
                        qint64(v[QStringLiteral("n")].toInteger()), interval[0].toDouble(), interval[1].toDouble(),
                        QStringLiteral("measured"), stopped ? QStringLiteral("yes") : QStringLiteral("no")});
  if (!learned) return;
  for (const char *key : {"lambda", "pull"})  // a run that was trained on has no pull
    table.rows.back().push_back(v.contains(QLatin1String(key)) ? Cell(number(v, key)) : Cell());
  for (const char *key : {"kept_channels", "channels"})
    table.rows.back().emplace_back(qint64(v[QLatin1String(key)].toInteger()));
}

}  // namespace

QString TrainingText::values(const QString &stage, const QJsonObject &byVariant, int digits) const {
  QStringList parts;
  const QStringList known = m_variants.value(stage);
  for (const QString &name : known.isEmpty() ? byVariant.keys() : known)
    if (byVariant.contains(name))
      parts << QStringLiteral("%1: %2").arg(name).arg(byVariant[name].toDouble(), 0, 'f', digits);
  return parts.join(QStringLiteral("  "));
}

QString TrainingText::line(const QString &content) const {
  return m_terminal ? QStringLiteral("\r%1\033[K\n").arg(content) : content + QLatin1Char('\n');
}

void TrainingText::start(const QJsonObject &event) {
  for (const QJsonValue &value : event[QStringLiteral("stages")].toArray()) {
    QStringList &names = m_variants[value[QStringLiteral("stage")].toString()];
    names.clear();
    for (const QJsonValue &name : value[QStringLiteral("variants")].toArray()) names << name.toString();
  }
}

QString TrainingText::textOf(const QJsonObject &event) {
  const QString kind = text(event, "event");
  if (kind == QStringLiteral("start")) {
    start(event);
    const QString resumed = text(event, "resumed_stage");
    return line(
        QStringLiteral("%1 on %2: %3 training, %4 validation, %5 test images, %6 threads%7")
            .arg(text(event, "network"), text(event, "data"))
            .arg(count(event, "training_images"), count(event, "validation_images"), count(event, "test_images"))
            .arg(number(event, "threads"))
            .arg(resumed.isEmpty() ? QString()
                                   : QStringLiteral("; goes on in stage %1 after step %2")
                                         .arg(resumed)
                                         .arg(number(event, "resumed_step"))));
  }
  if (kind == QStringLiteral("progress") && m_terminal)
    return QStringLiteral("\r%1, %2 images/s%3, loss %4\033[K")
        .arg(epochOf(event))
        .arg(number(event, "images_per_s"), 0, 'f', 0)
        .arg(leftOf(event), values(text(event, "stage"), event[QStringLiteral("loss")].toObject(), 3));
  if (kind == QStringLiteral("test") && m_terminal)
    return QStringLiteral("\rtest: %1 of %2 images\033[K").arg(number(event, "done")).arg(number(event, "all"));
  if (kind == QStringLiteral("epoch")) {
    const QJsonObject validation = event[QStringLiteral("validation_pct")].toObject();
    const QJsonObject kept = event[QStringLiteral("kept_channels")].toObject();
    QString told = epochOf(event);
    if (!validation.isEmpty())
      told += QStringLiteral(", right on validation (%): ") + values(text(event, "stage"), validation, 2);
    if (!kept.isEmpty()) told += QStringLiteral(", channels kept: ") + values(text(event, "stage"), kept, 0);
    return line(told);
  }
  if (kind == QStringLiteral("weights")) return line(text(event, "text"));
  if (kind == QStringLiteral("request")) {
    m_request = text(event, "request");
    return line(requestText(m_request));
  }
  if (kind == QStringLiteral("paused")) return line(pausedText(event, m_request));
  return {};
}

bool prunedNothing(const QJsonObject &result) {
  const QJsonArray variants = result[QStringLiteral("variants")].toArray();
  return !variants.isEmpty() && std::ranges::all_of(variants, [](const QJsonValue &variant) {
    return variant[QStringLiteral("lambda")].isDouble() &&
           variant[QStringLiteral("kept_channels")] == variant[QStringLiteral("channels")];
  });
}

ReportTable trainingTable(const QJsonObject &result) {
  ReportTable table;
  for (const char *name :
       {"variant", "accuracy_pct", "correct", "n", "interval_low_pct", "interval_high_pct", "kind", "stopped"})
    table.columns << QString::fromLatin1(name);
  const QJsonArray variants = result[QStringLiteral("variants")].toArray();
  const bool stopped = result[QStringLiteral("stopped")].toBool();
  const bool learned = variants[0].toObject().contains(QStringLiteral("lambda"));
  if (learned)
    for (const char *name : {"lambda", "pull", "kept_channels", "channels"}) table.columns << QString::fromLatin1(name);
  for (const QJsonValue &value : variants) addRow(table, value.toObject(), learned, stopped);
  if (result.contains(QStringLiteral("teacher")))
    addRow(table, result[QStringLiteral("teacher")].toObject(), learned, stopped);
  return table;
}

}  // namespace pimento
