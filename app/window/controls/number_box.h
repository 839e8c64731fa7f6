// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDoubleSpinBox>
#include <QSpinBox>

namespace pimento {

// The only boxes that numbers are typed in. Files, commands and labels write 0.05 in every locale, so these do too, and
// read what typedNumber reads: in a German locale Qt's own would show 0,05 and take 0.05 for 5. What is not taken is
// said beside the box, with the range or what to write instead, and the last value stays.

// Any number: the shortest exact text, up to `Decimals` places.
class NumberBox : public QDoubleSpinBox {
 public:
  explicit NumberBox(QWidget *parent = nullptr);
  static constexpr int Decimals = 25;  // of the smallest parameters

  [[nodiscard]] QString textFromValue(double value) const override;
  [[nodiscard]] double valueFromText(const QString &text) const override;
  [[nodiscard]] QValidator::State validate(QString &text, int &position) const override;
  void fixup(QString &text) const override;

 protected:
  // Says why `text` is not taken: with the remedy for a comma, empty if it is no number or out of range.
  virtual void refuse(const QString &text, const QString &remedy) const;
  [[nodiscard]] QString bare(const QString &text) const;  // without prefix and suffix
};

// Whole numbers, shown in groups: "50,000".
class WholeBox : public QSpinBox {
 public:
  explicit WholeBox(QWidget *parent = nullptr);
  WholeBox(int least, int most, QWidget *parent = nullptr);

  [[nodiscard]] QString textFromValue(int value) const override;
  [[nodiscard]] int valueFromText(const QString &text) const override;
  [[nodiscard]] QValidator::State validate(QString &text, int &position) const override;
  void fixup(QString &text) const override;

 private:
  [[nodiscard]] QString bare(const QString &text) const;
};

// Whether a box holds typed text that it has not handed over as its value yet.
[[nodiscard]] bool holdsTyping(const QAbstractSpinBox &box);

}  // namespace pimento
