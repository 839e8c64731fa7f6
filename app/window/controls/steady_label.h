// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QLabel>

namespace pimento {

// Text that takes the same number of lines whatever it says, so that nothing around it moves. What does not fit ends
// in "…" and is told in full by the tool tip and to screen readers. Links work as far as they are shown.
class SteadyLabel : public QLabel {
  Q_OBJECT
 public:
  explicit SteadyLabel(int lines, QWidget *parent = nullptr);
  void setText(const QString &text);
  void setLines(int lines);           // for which there is room
  void setHint(const QString &hint);  // what the place is for, muted, while there is no text
  [[nodiscard]] const QString &fullText() const { return m_text; }

 protected:
  void resizeEvent(QResizeEvent *event) override;
  void changeEvent(QEvent *event) override;

 private:
  void fit();

  int m_lines;
  QString m_text;
  QString m_hint;
};

}  // namespace pimento
