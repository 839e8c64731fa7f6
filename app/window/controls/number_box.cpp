// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/controls/number_box.h"

#include <QLineEdit>
#include <QToolTip>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/typed_number.h"

namespace pimento {

namespace {

QString without(const QString &prefix, const QString &suffix, const QString &text) {
  QString number = text;
  if (!prefix.isEmpty() && number.startsWith(prefix)) number.remove(0, prefix.size());
  if (!suffix.isEmpty() && number.endsWith(suffix)) number.chop(suffix.size());
  return number.trimmed();
}

void sayBeside(const QWidget &box, const QString &text, const QString &remedy) {
  QToolTip::showText(box.mapToGlobal(QPoint(0, box.height())),
                     QStringLiteral("%1 is not taken; %2").arg(quoted(text), remedy), const_cast<QWidget *>(&box));
}

}  // namespace

NumberBox::NumberBox(QWidget *parent) : QDoubleSpinBox(parent) {
  setLocale(QLocale::c());
  setKeyboardTracking(false);  // what is refused leaves no half of its digits behind
  setDecimals(Decimals);
}

QString NumberBox::bare(const QString &text) const { return without(prefix(), suffix(), text); }

QString NumberBox::textFromValue(double value) const { return exactNumber(value); }

double NumberBox::valueFromText(const QString &text) const { return typedNumber(bare(text)).value().value_or(value()); }

QValidator::State NumberBox::validate(QString &text, int &) const {
  const auto value = typedNumber(bare(text)).value();
  return value && *value >= minimum() && *value <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
}

void NumberBox::fixup(QString &text) const {
  refuse(bare(text), typedNumber(bare(text)).problem);
  text = prefix() + textFromValue(value()) + suffix();
}

void NumberBox::refuse(const QString &text, const QString &remedy) const {
  sayBeside(
      *this, text,
      remedy.isEmpty() ? QStringLiteral("give %1 to %2").arg(exactNumber(minimum()), exactNumber(maximum())) : remedy);
}

WholeBox::WholeBox(QWidget *parent) : QSpinBox(parent) {
  setLocale(QLocale::c());
  setKeyboardTracking(false);
}

WholeBox::WholeBox(int least, int most, QWidget *parent) : WholeBox(parent) { setRange(least, most); }

QString WholeBox::bare(const QString &text) const { return without(prefix(), suffix(), text); }

QString WholeBox::textFromValue(int value) const { return grouped(value); }

int WholeBox::valueFromText(const QString &text) const {
  if (!specialValueText().isEmpty() && text == specialValueText()) return minimum();
  const auto number = typedWhole(bare(text)).value();
  return number && *number >= minimum() && *number <= maximum() ? static_cast<int>(*number) : value();
}

QValidator::State WholeBox::validate(QString &text, int &) const {
  if (!specialValueText().isEmpty() && text == specialValueText()) return QValidator::Acceptable;
  const auto number = typedWhole(bare(text)).value();
  return number && *number >= minimum() && *number <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
}

void WholeBox::fixup(QString &text) const {
  const QString problem = typedWhole(bare(text)).problem;
  sayBeside(*this, bare(text),
            QStringLiteral("%1, %2 to %3")
                .arg(problem.isEmpty() ? QStringLiteral("give a whole number") : problem, grouped(minimum()),
                     grouped(maximum())));
  text = value() == minimum() && !specialValueText().isEmpty() ? specialValueText()
                                                               : prefix() + textFromValue(value()) + suffix();
}

bool holdsTyping(const QAbstractSpinBox &box) {
  const auto *edit = box.findChild<QLineEdit *>();
  if (edit == nullptr) return false;
  QString shown = edit->text();
  if (const auto *number = qobject_cast<const QDoubleSpinBox *>(&box))
    return shown != number->prefix() + number->textFromValue(number->value()) + number->suffix();
  if (const auto *whole = dynamic_cast<const WholeBox *>(&box))
    return shown != whole->specialValueText() &&
           shown != whole->prefix() + whole->textFromValue(whole->value()) + whole->suffix();
  return edit->isModified();
}

}  // namespace pimento
