// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/hardware/what_if_dock.h"

#include "app/window/hardware/what_if_panel.h"

namespace pimento {

WhatIfDock::WhatIfDock(Session &session, QWidget *parent)
    : QDockWidget(QStringLiteral("What-if"), parent), m_panel(new WhatIfPanel(session)) {
  setObjectName(QStringLiteral("whatIfDock"));
  setWidget(m_panel);
}

}  // namespace pimento
