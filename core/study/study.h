// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "core/base/watch.h"
#include "core/hardware/profile/accelerator.h"
#include "core/project/project.h"

namespace pimento {

// A network with the variants that are known of it by name; of a slimmable one every width is a variant, too.
struct StudiedNetwork {
  NetworkSpec network;
  std::vector<Variant> variants;
};

// A variant of a studied network by its name, or by its width ratio. Throws Error if there is none.
[[nodiscard]] Variant variantOf(const StudiedNetwork &studied, const QString &name);

enum class OriginKind : std::uint8_t {
  Stored,     // a table of the project: imported, measured elsewhere or sampled
  Published,  // the papers' results
  Estimate,   // this program's hardware model, of a network of its families or library
  Run,        // a training run of the project: its accuracies, and estimates of what it trained
  Reference   // a GPU or another baseline beside any of these
};

// What design points are made of. Rows that have it in common share it (DesignKey::origin), so that nobody has to read
// a network, its classes or its accelerator back from the names in a row.
struct Origin {
  OriginKind kind = OriginKind::Stored;
  std::shared_ptr<const StudiedNetwork> network;   // null: its layers are not known
  int classes = 0;                                 // of the last layer; 0: as the network has them by itself
  std::shared_ptr<const Accelerator> accelerator;  // of an estimate by this program; null: of none
  Bits bits;                                       // of such an estimate
  QString run;                                     // that trained the network; empty: none

  // The layers that a variant of this name has; none if the network or the variant is not known.
  [[nodiscard]] std::optional<Variant> variant(const QString &name) const;
};

// An estimate of a project as it was made: what it is of, on what, and its design points.
struct StudiedEstimate {
  EstimateChoice choice;
  std::shared_ptr<const StudiedNetwork> network;
  std::shared_ptr<const Accelerator> accelerator;
  DesignTable table;
};

// The design points of the families, published and estimated, or of one training run, with what they were made from.
struct StudiedPart {
  std::optional<PublishedChoice> published;  // of the families; none: the papers' results are not among them
  std::optional<TrainingRun> run;            // whose designs they are; none: those of the families
  std::vector<std::shared_ptr<const StudiedEstimate>> estimates;
  std::vector<Origin> origins = {Origin{}};  // by DesignKey::origin of the part's own rows
  DesignTable table;
};

// A project evaluated. Copies share their data until they are changed.
struct Study {
  DesignTable table;                         // of all parts, then the project's own tables
  std::vector<Origin> origins = {Origin{}};  // by DesignKey::origin; the first is that of stored rows
  std::vector<std::shared_ptr<const StudiedEstimate>> estimates;  // one for each of the project's, in its order
  std::vector<std::shared_ptr<const StudiedPart>> parts;          // the families', then one for each run

  // The origin of a row of the table. Where nothing but names is known (what is published or stored), those of families
  // and of the library tell the network, and the data set its classes.
  [[nodiscard]] Origin originOf(std::uint32_t row) const;
};

// The design points of a project: the papers' with its corrections, its estimates, its runs, its own tables, in this
// order. If it has both of the first, an estimate stands there once more for each published accuracy of the same
// variant and bits, joined with it (see join.h). A run's designs are the estimates of its own network and variants,
// each with the accuracy measured at its bits: single precision with the GPU, integers with the accelerators. Estimates
// have rows for whole inference and, where there is a feature extractor, for the head alone; what several of them agree
// on (their references) stands once.
//
// Estimates and parts that `before`, a study of the project as it was, made of the same inputs are taken from there:
// the same objects, not evaluated again. Throws Error naming what can not be computed: an unknown correction, network,
// variant, run, accelerator or GPU power, and estimates that give one design different values; or when the watch stops.
[[nodiscard]] Study study(const Project &project, const Study *before = nullptr, const Watch &watch = {});

// What an estimate of the project is of. Throws Error if it is not known.
[[nodiscard]] StudiedNetwork networkOf(const Project &project, const EstimateChoice &choice);

// The accelerator that an estimate of the project is made for. Throws Error if its profile is not known or bad.
[[nodiscard]] Accelerator acceleratorOf(const Project &project, const EstimateChoice &choice);

}  // namespace pimento
