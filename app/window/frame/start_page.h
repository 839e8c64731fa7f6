// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QVBoxLayout;

namespace pimento {

// What the window shows while nothing is open: one click to each thing worth seeing, recent files, a place to drop a
// file.
class StartPage : public QWidget {
  Q_OBJECT
 public:
  explicit StartPage(QWidget *parent = nullptr);

  // A large button with a title and a sentence of what one will see.
  void addChoice(const QString &objectName, const QString &title, const QString &text,
                 const std::function<void()> &chosen);
  void showRecent(const QStringList &files);

 Q_SIGNALS:
  void fileChosen(const QString &path);
  void browseRequested();

 private:
  QVBoxLayout *m_choices;
  QVBoxLayout *m_recent;
  QWidget *m_recentBox;
};

}  // namespace pimento
