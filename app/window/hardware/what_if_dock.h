// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDockWidget>

namespace pimento {

class Session;
class WhatIfPanel;

// The sliders beside whatever page is in front, so that its charts follow while one is moved.
class WhatIfDock : public QDockWidget {
  Q_OBJECT
 public:
  explicit WhatIfDock(Session &session, QWidget *parent = nullptr);
  [[nodiscard]] WhatIfPanel *panel() const { return m_panel; }

 private:
  WhatIfPanel *m_panel;
};

}  // namespace pimento
