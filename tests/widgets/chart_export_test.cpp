// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/chart_export.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QXmlStreamReader>
#include <cmath>

#include "core/base/error.h"
#include "tests/widgets/recording_device.h"
#include "tests/widgets/sample_data.h"

namespace {

using namespace pimento;

ParetoFigure figure() { return ParetoFigure(sample::decoEnergy()); }

TEST(ChartExport, givesTheSameBytesForTheSameChart) {
  for (const ChartFormat format : {ChartFormat::Svg, ChartFormat::Pdf, ChartFormat::Png}) {
    EXPECT_EQ(exportChart(figure(), format), exportChart(figure(), format));
    EXPECT_EQ(exportChart(PieFigure(sample::area()), format), exportChart(PieFigure(sample::area()), format));
    EXPECT_EQ(exportChart(ParetoFigure(sample::many(4000)), format),
              exportChart(ParetoFigure(sample::many(4000)), format));
  }
}

TEST(ChartExport, writesAnSvgOfTheSizeWithTextAsOutlines) {
  const QByteArray svg = exportChart(figure(), ChartFormat::Svg, {.width_mm = columnWidth_mm});
  QXmlStreamReader xml(svg);
  int texts = 0;
  QString width;
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    if (xml.name() == u"svg") width = xml.attributes().value(QStringLiteral("width")).toString();
    if (xml.name() == u"text") ++texts;
  }
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
  EXPECT_EQ(texts, 0);
  ASSERT_TRUE(width.endsWith(QStringLiteral("mm"))) << width.toStdString();
  EXPECT_NEAR(width.chopped(2).toDouble(), columnWidth_mm, 0.05);
  EXPECT_TRUE(QSvgRenderer(svg).isValid());
}

TEST(ChartExport, writesAPdfOfTheSize) {
  for (const double width_mm : {columnWidth_mm, pageWidth_mm}) {
    const QByteArray pdf = exportChart(figure(), ChartFormat::Pdf, {.width_mm = width_mm, .height_mm = 80});
    static const QRegularExpression box(QStringLiteral("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+)\\]"));
    const auto match = box.match(QString::fromLatin1(pdf));
    ASSERT_TRUE(match.hasMatch());
    EXPECT_NEAR(match.captured(1).toDouble() / 72 * 25.4, width_mm, 0.2);
    EXPECT_NEAR(match.captured(2).toDouble() / 72 * 25.4, 80, 0.2);
    EXPECT_TRUE(pdf.contains("DejaVuSans")) << "the bundled font is embedded";
  }
}

// Every entry of the table of offsets must lead to its object.
void expectSoundOffsets(const QByteArray &pdf) {
  const qsizetype start = pdf.lastIndexOf("startxref\n") + 10;
  const qsizetype table = pdf.mid(start, pdf.indexOf('\n', start) - start).toLongLong();
  ASSERT_EQ(pdf.mid(table, 5), "xref\n");
  const QList<QByteArray> lines = pdf.mid(table).split('\n');
  const int count = lines[1].split(' ')[1].toInt();
  ASSERT_GT(count, 5);
  for (int i = 1; i < count; ++i) {
    if (!lines[2 + i].contains(" n")) continue;
    const QByteArray expected = QByteArray::number(i) + " 0 obj";
    EXPECT_EQ(pdf.mid(lines[2 + i].left(10).toLongLong(), expected.size()), expected);
  }
}

TEST(ChartExport, fixesTheDateOfAPdfAndKeepsItsOffsets) {
  const QByteArray pdf = exportChart(figure(), ChartFormat::Pdf);
  EXPECT_TRUE(pdf.contains("/CreationDate (D:20000101000000Z)"));
  expectSoundOffsets(pdf);
  // As written where the offset from UTC makes the date longer.
  QByteArray elsewhere = pdf;
  elsewhere.replace("(D:20000101000000Z)", "(D:20240229235959+05'30')");
  const qsizetype longer = 6;
  const qsizetype table = elsewhere.lastIndexOf("xref\n", elsewhere.lastIndexOf("startxref") - 1);
  qsizetype entry = elsewhere.indexOf('\n', table + 5) + 1;
  for (; elsewhere[entry + 10] == ' '; entry += 20) {
    const qint64 offset = elsewhere.mid(entry, 10).toLongLong();
    if (offset > 100) elsewhere.replace(entry, 10, QByteArray::number(offset + longer).rightJustified(10, '0'));
  }
  elsewhere.replace("startxref\n" + QByteArray::number(table - longer), "startxref\n" + QByteArray::number(table));
  expectSoundOffsets(elsewhere);
  EXPECT_EQ(withFixedDate(elsewhere), pdf);
  EXPECT_EQ(withFixedDate("no date in here"), "no date in here");
}

TEST(ChartExport, writesAPngOfTheResolution) {
  const QImage image = QImage::fromData(
      exportChart(figure(), ChartFormat::Png, {.width_mm = columnWidth_mm, .height_mm = 90, .dpi = 600}));
  EXPECT_EQ(image.size(), QSize(2100, 2126));
  EXPECT_NEAR(image.dotsPerMeterX(), 600 / 0.0254, 1);
}

TEST(ChartExport, drawsTheDotsWithAnOpaqueBrush) {
  // PDF draws an image with the opacity of the brush, which the frame painted before leaves transparent.
  RecordingDevice device(QSize(5131, 3000));
  QPainter painter(&device);
  ParetoFigure(sample::many(8000)).paint(painter, QRectF(0, 0, 5131, 3000), printStyle());
  painter.end();
  EXPECT_EQ(device.imageOpacities(), (std::vector<int>{255, 255}));
}

TEST(ChartExport, refusesSizesOutOfReason) {
  EXPECT_THROW((void)exportChart(figure(), ChartFormat::Png, {.width_mm = 5}), Error);
  EXPECT_THROW((void)exportChart(figure(), ChartFormat::Png, {.dpi = 100000}), Error);
  EXPECT_THROW((void)exportChart(figure(), ChartFormat::Pdf, {.height_mm = std::nan("")}), Error);
  EXPECT_EQ(chartFormatFromName(u"PDF"), ChartFormat::Pdf);
  EXPECT_FALSE(chartFormatFromName(u"gif"));
}

}  // namespace
