// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "app/cli/verb.h"

namespace pimento {

const std::vector<Verb> &verbs() {
  static const std::vector<Verb> table{
      {"networks", "the networks and their variants or modules, with counts", networksVerb},
      {"count", "operations and parameters, a row a layer", countVerb},
      {"published", "the design points that the papers publish, with kind and source", publishedVerb},
      {"audit", "the claims of the papers, recomputed", auditVerb},
      {"front", "the designs that no other one beats, and what fits a budget", frontVerb},
      {"explain", "why two designs differ, parameter by parameter", explainVerb},
      {"export", "charts and tables of a project as files", exportVerb, Application::Charts},
      {"estimate", "energy, latency, power and area of a network on an accelerator", estimateVerb},
      {"device", "the memory element: switching, write errors, energy, retention", deviceVerb},
      {"sense", "margins, references and error rates of the sense amplifier", senseVerb},
      {"data", "data sets: what they hold, and whether their files are whole", dataVerb},
      {"array", "row operations of a sub-array: latency, energy, area, leakage", arrayVerb},
      {"validate", "every check of the hardware model, with the reason where it differs", validateVerb},
      {"simulate", "a quantised network, bit by bit through the mapped sub-arrays", simulateVerb},
      {"import", "puts runs into a project, with what they cost on an accelerator", importVerb},
      {"train", "trains networks and measures their accuracy", trainVerb},
      {"evaluate", "accuracy of a network with given weights on a test set", evaluateVerb},
      {"quantise", "a trained network as integers of few bits, and their accuracy", quantiseVerb},
  };
  return table;
}

}  // namespace pimento
