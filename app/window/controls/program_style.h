// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QProxyStyle>

namespace pimento {

// Fusion, with boxes and circles to check that can be seen in dark colours, too.
class ProgramStyle : public QProxyStyle {
  Q_OBJECT
 public:
  ProgramStyle();
  void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
};

}  // namespace pimento
