// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/sample_data.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

namespace pimento::sample {

namespace {

struct Row {
  const char *name;
  std::uint8_t family;
  double feTime_us, feWatt, cmTime_us, cmWatt;  // PIM
  double gpuFe_us, gpuCm_us;                    // 700 W
  double accuracy_pct;
  bool front;
  bool contradicted;
};

constexpr std::array<Row, 8> rows{{
    {"VGG16 CM1", 0, 24.2, 1.433, 11.6, 0.211, 8130, 1150, 65.44, true, false},
    {"VGG16 CM2", 0, 24.2, 1.433, 4.6, 0.068, 8130, 319, 53.82, false, false},
    {"VGG16 CM3", 0, 24.2, 1.433, 3.8, 0.059, 8130, 227, 53.15, false, false},
    {"VGG16 CM4", 0, 24.2, 1.433, 2.9, 0.036, 8130, 139, 45.94, false, false},
    {"MobileNetV1 CM1", 1, 23.1, 1.314, 42.6, 2.11, 7840, 13360, 64.33, false, true},
    {"MobileNetV1 CM2", 1, 23.1, 1.314, 14.7, 0.236, 7840, 1296, 60.26, true, false},
    {"MobileNetV1 CM3", 1, 23.1, 1.314, 9.1, 0.132, 7840, 797, 55.09, true, false},
    {"MobileNetV1 CM4", 1, 23.1, 1.314, 2.6, 0.036, 7840, 107, 45.57, true, true},
}};

double pimEnergy_uj(const Row &row) { return row.feTime_us * row.feWatt + row.cmTime_us * row.cmWatt; }
double pimLatency_us(const Row &row) { return row.feTime_us + row.cmTime_us; }
double gpuLatency_us(const Row &row) { return row.gpuFe_us + row.gpuCm_us; }
double gpuEnergy_uj(const Row &row) { return 700 * gpuLatency_us(row); }

// Wilson's 95 % interval of a share of n images.
Interval wilson(double pct, double n) {
  const double z = 1.959964;
  const double p = pct / 100;
  const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {100 * (middle - half), 100 * (middle + half)};
}

std::shared_ptr<ScatterData> decoPoints() {
  auto data = std::make_shared<ScatterData>();
  data->hueNames = {QStringLiteral("DECO VGG16"), QStringLiteral("DECO MobileNetV1")};
  data->styles.clear();
  for (const Row &row : rows) {
    data->styles.push_back({.kind = Kind::Derived,
                            .hue = row.family,
                            .role = row.front ? PointRole::Design : PointRole::Dominated,
                            .warning = row.contradicted});
    data->styles.push_back({.kind = Kind::Derived, .role = PointRole::GpuReference});
  }
  data->label = [](std::uint32_t point) {
    return QString::fromUtf8(rows[point / 2].name) + (point % 2 == 1 ? QStringLiteral(" on GPU") : QString());
  };
  for (std::uint16_t i = 0; i < 2 * rows.size(); ++i) data->style.push_back(i);
  return data;
}

}  // namespace

ParetoData decoEnergy() {
  auto data = decoPoints();
  data->xAxis = axisSpec(Metric::Energy);
  data->yAxis = axisSpec(Metric::Accuracy);
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    data->x.insert(data->x.end(), {pimEnergy_uj(rows[i]), gpuEnergy_uj(rows[i])});
    data->y.insert(data->y.end(), {rows[i].accuracy_pct, rows[i].accuracy_pct});
    if (!rows[i].front) continue;
    data->front.push_back(2 * i);
    data->whiskers.push_back({2 * i, wilson(rows[i].accuracy_pct, 10000)});
  }
  data->whiskerNote = QStringLiteral("95 % interval, from n = 10,000");
  data->hypervolumeReference = QPointF(40, 40);
  return {
      .title = QStringLiteral("Accuracy against energy, CIFAR-100, whole inference"),
      .takeaway = QStringLiteral("Four of the eight designs are not dominated; the step from CM2 to VGG16 CM1 gains "
                                 "5.18 pp for 9.6 % more energy."),
      .emptyText = {},
      .points = data};
}

ScatterMarks decoChanges() {
  ScatterMarks marks{.selected = 0, .pins = {}, .arrows = {}};
  for (const auto &[row, ratio] : {std::pair{0U, 1.6}, {5U, 1.25}, {6U, 0.8}, {7U, 4e6}})
    marks.arrows.push_back({.from = QPointF(pimEnergy_uj(rows[row]), rows[row].accuracy_pct),
                            .to = QPointF(ratio * pimEnergy_uj(rows[row]), rows[row].accuracy_pct - 0.6),
                            .hue = rows[row].family,
                            .label = QString::fromUtf8(rows[row].name) + QStringLiteral(", changed")});
  return marks;
}

ParetoData decoEnergyLatency() {
  auto data = decoPoints();
  data->xAxis = axisSpec(Metric::Latency);
  data->yAxis = axisSpec(Metric::Energy);
  for (const Row &row : rows) {
    data->x.insert(data->x.end(), {pimLatency_us(row), gpuLatency_us(row)});
    data->y.insert(data->y.end(), {pimEnergy_uj(row), gpuEnergy_uj(row)});
  }
  data->front = {14};
  for (std::uint32_t i = 0; i < data->styles.size(); i += 2)
    data->styles[i].role = i == 14 ? PointRole::Design : PointRole::Dominated;
  data->isoEdp = true;
  return {.title = QStringLiteral("Energy against latency, whole inference"),
          .takeaway = QStringLiteral("MobileNetV1 CM4 is the least in both; the GPU needs 10⁵ times the energy."),
          .emptyText = {},
          .points = data};
}

ParetoData many(std::size_t count) {
  auto data = std::make_shared<ScatterData>();
  data->xAxis = axisSpec(Metric::Energy);
  data->yAxis = axisSpec(Metric::Accuracy);
  data->hueNames = {QStringLiteral("ResNet20"), QStringLiteral("ResNet18"), QStringLiteral("ResNet50")};
  data->styles.clear();
  for (std::uint8_t hue = 0; hue < 3; ++hue) data->styles.push_back({.kind = Kind::Estimated, .hue = hue});
  data->styles.push_back({.kind = Kind::Estimated, .role = PointRole::Dominated});
  data->x.reserve(count);
  data->y.reserve(count);
  data->style.reserve(count);
  std::mt19937 random(20);
  for (std::size_t i = 0; i < count; ++i) {
    const double u = random() / 4294967296.0;
    const double v = random() / 4294967296.0;
    data->x.push_back(std::pow(10.0, 0.5 + 3 * u));
    data->y.push_back(40 + 50 * (1 - std::exp(-3 * u)) * (1 - 0.4 * v * v));
    data->style.push_back(v < 0.05 ? static_cast<std::uint16_t>(i % 3) : 3);
  }
  std::vector<std::uint32_t> order(count);
  for (std::uint32_t i = 0; i < count; ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return data->x[a] < data->x[b]; });
  double best = 0;
  for (const std::uint32_t point : order) {
    if (data->y[point] <= best) continue;
    best = data->y[point];
    data->front.push_back(point);
    if (data->style[point] == 3) data->style[point] = static_cast<std::uint16_t>(point % 3);
  }
  data->label = [](std::uint32_t point) { return QStringLiteral("design %1").arg(point); };
  return {.title = QStringLiteral("Accuracy against energy, %1 designs").arg(count),
          .takeaway = QStringLiteral("The front is short against the cloud."),
          .emptyText = {},
          .points = data};
}

BarData stackedEnergy() {
  BarData result{.title = QStringLiteral("Energy by component, ResNet20, 8:8 bits"),
                 .takeaway = QStringLiteral("Write-back takes more than the ANDs at every width."),
                 .axis = axisSpec(Metric::Energy),
                 .components = {QStringLiteral("AND compute"), QStringLiteral("AND write-back"),
                                QStringLiteral("bitcount and shift"), QStringLiteral("add"),
                                QStringLiteral("batch norm"), QStringLiteral("buffers"), QStringLiteral("leakage")}};
  for (const double width : {0.25, 0.5, 0.75, 1.0}) {
    const double macs = width * width;
    result.bars.push_back({QString::number(width),
                           {{0, 6.1 * macs},
                            {1, 9.4 * macs},
                            {2, 3.2 * macs},
                            {3, 1.1 * macs},
                            {4, 0.3 * width},
                            {5, 0.9 * width},
                            {6, 0.4}}});
  }
  result.bars.push_back({QStringLiteral("not estimated"), {}});
  return result;
}

BarData layers(std::size_t count) {
  std::vector<LayerValue> values;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t stage = 3 * i / count;
    values.push_back({QStringLiteral("layer%1.%2.conv%3").arg(stage + 1).arg(i / 2 % 9).arg(i % 2 + 1),
                      QStringLiteral("stage %1").arg(stage + 1),
                      151e6 * (i == 0 ? 0.2 : 1 + 0.4 * static_cast<double>(stage))});
  }
  BarData result = layerBars(QStringLiteral("AND operations by layer"), axisSpec(Metric::BitAnds), values);
  result.takeaway = QStringLiteral("The last stage has the most.");
  return result;
}

PieData area() {
  return {.title = QStringLiteral("Area by component"),
          .takeaway = QStringLiteral("What the array adds to plain memory is 7.9 % of the whole."),
          .emptyText = {},
          .axis = axisSpec(Metric::Area),
          .slices = {{QStringLiteral("cell array"), 3.21},
                     {QStringLiteral("row decoders"), 0.62},
                     {QStringLiteral("sense amplifiers"), 0.48},
                     {QStringLiteral("write drivers"), 0.37},
                     {QStringLiteral("bit counters"), 0.16},
                     {QStringLiteral("shift and add"), 0.09},
                     {QStringLiteral("three-row activation"), 0.03},
                     {QStringLiteral("buffers"), 0.21},
                     {QStringLiteral("bank interface"), std::numeric_limits<double>::quiet_NaN()}}};
}

}  // namespace pimento::sample
