// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <stdexcept>

#include "app/session/documents.h"
#include "app/session/session.h"

namespace pimento::test {

// A session with the published results open.
struct Opened {
  Opened() { documents.showPublished(); }

  [[nodiscard]] std::uint32_t row(const char *id) const {
    const auto found = rowWithId(session.table(), QString::fromLatin1(id));
    if (!found) throw std::runtime_error(std::string("no design ") + id);
    return *found;
  }
  void setScope(Scope scope) {
    ViewState view = session.view();
    view.filter.scope = scope;
    session.change(QStringLiteral("scope"), view);
  }
  void setBudgets(const std::map<Metric, double> &budgets) {
    ViewState view = session.view();
    view.budgets = budgets;
    session.change(QStringLiteral("budgets"), view);
  }
  void correct(const CorrectionSet &corrections) {
    ViewState view = session.view();
    view.corrections = corrections;
    session.change(QStringLiteral("correct"), view);
  }

  Session session;
  Documents documents{session};
};

inline constexpr const char *Vgg1 = "deco-vgg16/fe+cm1/cifar-100/joint/deco-pim/whole";
inline constexpr const char *Vgg2 = "deco-vgg16/fe+cm2/cifar-100/joint/deco-pim/whole";
inline constexpr const char *Mobile1 = "deco-mobilenetv1/fe+cm1/cifar-100/joint/deco-pim/whole";
inline constexpr const char *Mobile2 = "deco-mobilenetv1/fe+cm2/cifar-100/joint/deco-pim/whole";
inline constexpr const char *Mobile4 = "deco-mobilenetv1/fe+cm4/cifar-100/joint/deco-pim/whole";

}  // namespace pimento::test
