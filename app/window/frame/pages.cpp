// SPDX-License-Identifier: GPL-3.0-or-later
// The table of pages: a row each.
#include "app/session/pages.h"

#include <array>

#include "app/session/copy_command.h"
#include "app/session/session.h"
#include "app/window/explore/breakdown_page.h"
#include "app/window/explore/layers_page.h"
#include "app/window/explore/trade_off_page.h"
#include "app/window/explore/validation_page.h"
#include "app/window/hardware/hardware_page.h"
#include "app/window/training/training_page.h"

namespace pimento {

namespace {

template <typename OnePage>
Page *ofSession(Session &session, JobQueue &) {
  return new OnePage(session);
}

// A front knows no changed parameters, an estimate does: of the network at hand.
QStringList tradeOffCommand(const Session &session) {
  const QStringList changed = session.whatIf().designs.empty() ? QStringList() : estimateCommand(session, {});
  return changed.isEmpty() ? frontCommand(session) : changed;
}

constexpr std::array<PageRow, 6> Table{{
    {"trade-off", "Trade-off", ofSession<TradeOffPage>, tradeOffExports, tradeOffCommand},
    {"breakdown", "Breakdown", ofSession<BreakdownPage>, breakdownExports, nullptr},
    {"layers", "Layers", ofSession<LayersPage>, layerExports,
     [](const Session &session) { return estimateCommand(session, QStringLiteral("layers")); }},
    {"hardware", "Hardware", ofSession<HardwarePage>, hardwareExports,
     [](const Session &session) { return estimateCommand(session, QStringLiteral("components")); }},
    {"validation", "Validation", [](Session &, JobQueue &) -> Page * { return new ValidationPage; }, nullptr,
     [](const Session &) {
       return QStringList{QStringLiteral("pimento"), QStringLiteral("validate")};
     }},
    {"training", "Training",
     [](Session &session, JobQueue &queue) -> Page * { return new TrainingPage(session, queue); }, nullptr, nullptr},
}};

}  // namespace

std::span<const PageRow> pages() { return Table; }

}  // namespace pimento
