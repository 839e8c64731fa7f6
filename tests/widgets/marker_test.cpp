// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/marker.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>

namespace {

using namespace pimento;

QImage drawn(const PointStyle &style, const Theme &theme) {
  QImage image(24, 24, QImage::Format_RGB32);
  image.fill(theme.background);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  paintMarker(painter, QPointF(12, 12), 11, style, theme);
  return image;
}

int pixelsThatDiffer(const QImage &a, const QImage &b) {
  int count = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const QColor p = a.pixelColor(x, y);
      const QColor q = b.pixelColor(x, y);
      const int apart = std::abs(p.red() - q.red()) + std::abs(p.green() - q.green()) + std::abs(p.blue() - q.blue());
      count += apart > 60 ? 1 : 0;
    }
  return count;
}

TEST(Marker, noTwoFamiliesAreAlike) {
  constexpr int seen = 4;  // pixels
  for (const Theme &theme : {lightTheme(), darkTheme()})
    for (const Kind kind : {Kind::Published, Kind::Derived, Kind::Estimated, Kind::Measured}) {
      std::vector<QImage> images;
      for (std::uint8_t hue = 0; hue < FamilyLooks; ++hue) images.push_back(drawn({.kind = kind, .hue = hue}, theme));
      for (std::size_t a = 0; a < images.size(); ++a)
        for (std::size_t b = 0; b < a; ++b)
          EXPECT_GE(pixelsThatDiffer(images[a], images[b]), seen) << int(kind) << ": " << a << " and " << b;
    }
}

TEST(Marker, dominatedOnesKeepTheHueOfTheirFamily) {
  for (const Theme &theme : {lightTheme(), darkTheme()}) {
    const PointStyle one{.kind = Kind::Estimated, .hue = 0, .role = PointRole::Dominated};
    PointStyle other = one;
    other.hue = 1;
    EXPECT_NE(markerColour(one, theme), markerColour(other, theme));
    EXPECT_GE(contrastRatio(markerColour(one, theme), theme.background), LeastContrast);
  }
}

TEST(Marker, referencesAreToldApartWithoutColour) {
  constexpr int seen = 20;  // pixels
  for (const Theme &theme : {lightTheme(), darkTheme()}) {
    const QImage gpu = drawn({.role = PointRole::GpuReference}, theme);
    const QImage digital = drawn({.role = PointRole::DigitalReference}, theme);
    EXPECT_GE(pixelsThatDiffer(gpu, digital), seen);
    for (const Kind kind : {Kind::Published, Kind::Derived, Kind::Estimated, Kind::Measured})
      EXPECT_GE(pixelsThatDiffer(digital, drawn({.kind = kind}, theme)), seen);
  }
}

TEST(Marker, invalidOnesAreCrossedOut) {
  const Theme theme = lightTheme();
  const PointStyle sound{.kind = Kind::Published};
  PointStyle broken = sound;
  broken.validity = Validity::Invalid;
  const QImage image = drawn(broken, theme);
  for (const QPoint corner : {QPoint(-6, -6), QPoint(6, -6), QPoint(-6, 6), QPoint(6, 6)}) {
    EXPECT_EQ(drawn(sound, theme).pixelColor(QPoint(12, 12) + corner), theme.background) << "outside of the marker";
    EXPECT_NE(image.pixelColor(QPoint(12, 12) + corner), theme.background);
  }
}

}  // namespace
