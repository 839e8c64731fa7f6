// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFrame>
#include <QTimer>
#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QProgressBar;

namespace pimento {

class MessageRow;

// What is said above the pages: a line for what went wrong or was done, which the next one replaces, and one for
// questions that stand until they are answered, one after the other. It floats where its parent has nothing to cover,
// if it has room there, else at the lower edge, so that nothing below the pointer moves when it comes or goes; it never
// blocks and never takes the focus. A note goes by itself.
class MessageBar : public QFrame {
  Q_OBJECT
 public:
  enum class Tone : std::uint8_t { Note, Problem };
  struct Choice {
    QString text;
    std::function<void()> chosen;
  };

  explicit MessageBar(QWidget *parent = nullptr);

  // Where it floats instead of over all of the parent: at the lower edge of `page`, or in what `clear` says is empty.
  void setRoom(QWidget *page, const std::function<QRect()> &clear);

  void say(const QString &text, Tone tone, const std::vector<Choice> &choices = {});
  // Of work that can be left: until something else is said.
  void follow(const QString &text, const std::function<void()> &cancel);
  void setProgress(double share);      // of the work that is followed, from 0 to 1
  void clear();                        // of what was said; questions stand
  [[nodiscard]] QString text() const;  // empty if nothing is said

  // Asks, behind the questions that stand already. A question of the same key is asked anew in its place. Each choice,
  // and dismissing it, ends the question.
  void ask(const QString &key, const QString &text, const std::vector<Choice> &choices);
  void withdraw(const QString &key);       // the question does not arise any more
  [[nodiscard]] QString question() const;  // that is shown; empty if none is

 protected:
  bool event(QEvent *event) override;
  bool eventFilter(QObject *watched, QEvent *event) override;

 private:
  struct Question {
    QString key;
    QString text;
    std::vector<Choice> choices;
  };
  void showQuestion();
  void showRows();
  void place();  // over the parent
  [[nodiscard]] int heightFor(int width) const;

  MessageRow *m_said;
  MessageRow *m_asked;
  std::vector<Question> m_questions;
  QWidget *m_page = nullptr;
  std::function<QRect()> m_clear;  // of the parent
  QTimer m_leave;
  bool m_follows = false;  // whether what was said last is of work under way
};

// A line of a message bar: icon, text, buttons.
class MessageRow : public QWidget {
  Q_OBJECT
 public:
  explicit MessageRow(const QString &name);
  // Calls `ended` when a choice was taken or the line dismissed, before the choice itself.
  void display(const QString &text, MessageBar::Tone tone, const std::vector<MessageBar::Choice> &choices,
               const std::function<void()> &ended);
  [[nodiscard]] QString text() const;
  void setProgress(double share);  // shows it; until something else is displayed

 private:
  QLabel *m_icon;
  QLabel *m_text;
  QProgressBar *m_progress;
  QHBoxLayout *m_choices;
  std::function<void()> m_ended;
};

}  // namespace pimento
