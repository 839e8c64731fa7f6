// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/chart_export.h"

#include <QBuffer>
#include <QHashFunctions>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <cmath>

#include "core/base/error.h"

namespace pimento {

namespace {

constexpr double millimetresPerInch = 25.4;
constexpr double unitsPerInch = 72 * printUnitsPerPoint;

double toUnits(double millimetres) { return millimetres / millimetresPerInch * unitsPerInch; }

void paintOn(QPaintDevice &device, const Figure &figure, QSizeF units, double scale, const Style &style) {
  QPainter painter;
  if (!painter.begin(&device))
    throw Error(QStringLiteral("chart"), QStringLiteral("the drawing can not be started"),
                QStringLiteral("try a smaller size"));
  painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::LosslessImageRendering);
  painter.scale(scale, scale);
  figure.paint(painter, QRectF(QPointF(), units), style);
}

QByteArray toSvg(const Figure &figure, QSizeF units, Style style) {
  style.text = TextAs::Outlines;
  QBuffer buffer;
  QSvgGenerator svg;
  svg.setOutputDevice(&buffer);
  svg.setResolution(static_cast<int>(unitsPerInch));
  svg.setSize(units.toSize());
  svg.setViewBox(QRectF(QPointF(), units));
  svg.setTitle(figure.title());
  svg.setDescription(QStringLiteral("Drawn by Pimento"));
  paintOn(svg, figure, units, 1, style);
  return buffer.data();
}

// QPdfWriter writes its fonts in the order of a hash, which differs from run to run unless the seed is fixed.
class FixedHashOrder {
 public:
  FixedHashOrder() { QHashSeed::setDeterministicGlobalSeed(); }
  ~FixedHashOrder() { QHashSeed::resetRandomGlobalSeed(); }
  FixedHashOrder(const FixedHashOrder &) = delete;
  FixedHashOrder &operator=(const FixedHashOrder &) = delete;
};

QByteArray toPdf(const Figure &figure, QSizeF units, const Style &style) {
  const FixedHashOrder fixed;
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  {
    QPdfWriter pdf(&buffer);
    pdf.setTitle(figure.title());
    pdf.setCreator(QStringLiteral("Pimento"));
    pdf.setResolution(static_cast<int>(unitsPerInch));
    pdf.setPageMargins(QMarginsF());
    pdf.setPageSize(QPageSize(units / printUnitsPerPoint, QPageSize::Point, {}, QPageSize::ExactMatch));
    pdf.setPageMargins(QMarginsF());
    paintOn(pdf, figure, units, 1, style);
  }
  return withFixedDate(buffer.data());
}

QByteArray toPng(const Figure &figure, QSizeF units, int dpi, const Style &style) {
  const double scale = dpi / unitsPerInch;
  QImage image((units * scale).toSize(), QImage::Format_RGB32);
  const auto tooLarge = [] {
    return Error(QStringLiteral("chart"), QStringLiteral("a picture of this size does not fit into memory"),
                 QStringLiteral("choose fewer dots per inch"));
  };
  if (image.isNull()) throw tooLarge();
  const int dotsPerMetre = qRound(dpi / millimetresPerInch * 1000);
  image.setDotsPerMeterX(dotsPerMetre);
  image.setDotsPerMeterY(dotsPerMetre);
  image.fill(style.theme.background);
  paintOn(image, figure, units, scale, style);
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  if (!image.save(&buffer, "PNG")) throw tooLarge();
  return buffer.data();
}

void require(bool holds, const QString &problem, const QString &remedy) {
  if (!holds) throw Error(QStringLiteral("chart"), problem, remedy);
}

}  // namespace

std::optional<ChartFormat> chartFormatFromName(QStringView name) {
  if (name.compare(u"svg", Qt::CaseInsensitive) == 0) return ChartFormat::Svg;
  if (name.compare(u"pdf", Qt::CaseInsensitive) == 0) return ChartFormat::Pdf;
  if (name.compare(u"png", Qt::CaseInsensitive) == 0) return ChartFormat::Png;
  return std::nullopt;
}

QByteArray exportChart(const Figure &figure, ChartFormat format, const PrintSize &size, const Theme &theme) {
  const double height_mm = size.height_mm.value_or(100);
  require(size.width_mm >= 60 && size.width_mm <= 1000 && height_mm >= 40 && height_mm <= 1000,
          QStringLiteral("%1 mm x %2 mm is not a size to print").arg(size.width_mm).arg(height_mm),
          QStringLiteral("choose 60 to 1000 mm wide and 40 to 1000 mm high"));
  require(size.dpi >= 50 && size.dpi <= 1200, QStringLiteral("%1 dots per inch").arg(size.dpi),
          QStringLiteral("choose 50 to 1200"));
  Style style = printStyle(theme);
  style.heading = size.heading;
  const double width = toUnits(size.width_mm);
  const QSizeF units(width, size.height_mm ? toUnits(height_mm) : std::ceil(figure.heightFor(width, style)));
  switch (format) {
    case ChartFormat::Svg:
      return toSvg(figure, units, style);
    case ChartFormat::Pdf:
      return toPdf(figure, units, style);
    case ChartFormat::Png:
      return toPng(figure, units, size.dpi, style);
  }
  return {};
}

QByteArray withFixedDate(QByteArray pdf) {
  // "/CreationDate (D:20240131235959+01'00')": the offset from UTC is absent, one letter or seven, so that the length
  // differs between machines. What lies behind it moves, and the table of offsets at the end must follow.
  const qsizetype key = pdf.indexOf("/CreationDate (");
  if (key < 0) return pdf;
  const qsizetype start = key + static_cast<qsizetype>(qstrlen("/CreationDate "));
  const qsizetype end = pdf.indexOf(')', start) + 1;
  const QByteArray date = "(D:20000101000000Z)";
  const qsizetype shift = date.size() - (end - start);
  pdf.replace(start, end - start, date);
  const qsizetype startxref = pdf.lastIndexOf("startxref\n");
  qsizetype entry = pdf.lastIndexOf("xref\n", startxref - 1);
  if (startxref < 0 || entry < 0) return pdf;
  const QByteArray newStart = QByteArray::number(entry);
  entry = pdf.indexOf('\n', entry + 5) + 1;  // behind "xref" and "0 N"
  constexpr qsizetype entrySize = 20;        // "0000000016 00000 n \n"
  for (; pdf.mid(entry, entrySize).size() == entrySize && pdf[entry + 10] == ' '; entry += entrySize) {
    const qint64 offset = pdf.mid(entry, 10).toLongLong();
    if (offset > start) pdf.replace(entry, 10, QByteArray::number(offset + shift).rightJustified(10, '0'));
  }
  const qsizetype number = pdf.lastIndexOf("startxref\n") + static_cast<qsizetype>(qstrlen("startxref\n"));
  pdf.replace(number, pdf.indexOf('\n', number) - number, newStart);
  return pdf;
}

}  // namespace pimento
