// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFrame>
#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace pimento {

// One line above the pages for what went wrong, was done or can be decided. It never blocks and never takes the focus.
class MessageBar : public QFrame {
  Q_OBJECT
 public:
  enum class Tone : std::uint8_t { Note, Problem };
  struct Choice {
    QString text;
    std::function<void()> chosen;
  };

  explicit MessageBar(QWidget *parent = nullptr);
  void say(const QString &text, Tone tone, const std::vector<Choice> &choices = {});
  [[nodiscard]] QString text() const;  // empty if nothing is shown

 private:
  QLabel *m_icon;
  QLabel *m_text;
  QHBoxLayout *m_choices;
};

}  // namespace pimento
