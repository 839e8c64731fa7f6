// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>

#include "core/hardware/estimate/estimate.h"
#include "core/hardware/profile/accelerator.h"
#include "core/hardware/profile/parameter_changes.h"
#include "core/network/counts.h"

namespace pimento {

class Session;

// The network at hand, as breakdowns need it: that of the selected design, or of the first in view.
struct Subject {
  NetworkSpec network;
  Variant variant;
  Bits bits;  // of the design; 8:8 where its paper does not say
  bool bitsAssumed = false;
  QString run;              // that trained it; empty: a family or a paper
  int classes = 0;          // of the last layer; 0: the family's default
  bool isFamily = true;     // a network and variant that the program has by name, not a sub-net that a run learned
  Part part = Part::Whole;  // the view's scope, where the network has a head of its own
};

// The network at hand of a session; none if nothing is open or the design's network is not known layer by layer (a
// learned sub-net).
[[nodiscard]] std::optional<Subject> subjectOf(const Session &session);

// Why the view has no design, and what to do about it: the project is empty, or the filters leave none.
[[nodiscard]] QString noDesignText(const Session &session);

// Why there is none: "n/a - the layers of ResNet18 non-uniform are not published".
[[nodiscard]] QString noSubjectText(const Session &session);

// The accelerator that estimates of a network use in the open project: that of the selected design, else of the first
// estimate; the default one if there are none.
[[nodiscard]] Accelerator baseAcceleratorOf(const Session &session, const QString &network);

// That accelerator without and with the parameters of the view's what-if.
struct SubjectAccelerator {
  Accelerator base;
  Accelerator changed;  // as `base` where nothing is changed, or where the changes make no accelerator
  QString problem;      // why they do not
  [[nodiscard]] bool isChanged() const { return !(changed == base); }
  [[nodiscard]] QString title() const;  // "sot-mram", "sot-mram, changed", "sot-mram (what-if)"
  [[nodiscard]] ParameterChanges changes() const;
};
[[nodiscard]] SubjectAccelerator subjectAccelerator(const Session &session, const QString &network);

// A profile as titles name it: "sot-mram, changed" where its hash is not that of the built-in one of its name.
[[nodiscard]] QString profileTitle(const QString &name, const QString &profileHash);
[[nodiscard]] QString profileTitle(const Accelerator &accelerator);

// "✕ ResNet20 1.0x is invalid: AND2 errors of 0.134 are above 0.01." of its estimate on the accelerator that `machine`
// is built from; empty if it is valid.
[[nodiscard]] QString validityOf(const Subject &subject, const Accelerator &accelerator, const Machine &machine);

// "What if: TMR 150 % (was 120 %)." or why it is not shown; empty if nothing is changed.
[[nodiscard]] QString whatIfText(const SubjectAccelerator &accelerator);

// "VGG16 FE+CM2": as in the session's tables.
[[nodiscard]] QString subjectTitle(const Subject &subject);

}  // namespace pimento
