package dev.slipway.billing.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.billing.BillingInterval;
import dev.slipway.billing.Plan;
import dev.slipway.billing.Transaction;
import dev.slipway.billing.Transaction.Document;
import dev.slipway.billing.Transaction.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class InvoicePdfTest {
  private static final Seller SELLER =
      new Seller(
          "Harbour Cloud Ltd",
          List.of("7 Dock Road", "Bristol BS1 6TP", "United Kingdom"),
          "GB123456789",
          "billing@harbour.example",
          "Thank you. Paid by card; no further payment is due.");

  final InvoicePdf pdf = new InvoicePdf(SELLER);

  static Transaction entry(Document document, String currency) {
    return new Transaction(
        Ids.next(),
        Ids.next(),
        null,
        Transaction.Type.SUBSCRIPTION,
        "Subscription Pro",
        142_919,
        120_100,
        22_819,
        currency,
        "INV-0042",
        Plan.FREE,
        "Pro",
        null,
        null,
        BillingInterval.MONTH,
        null,
        "in_1",
        null,
        null,
        document,
        Instant.parse("2026-11-25T12:00:00Z"));
  }

  static Document document(String name) {
    return new Document(
        List.of(name, "Speicherstadt 12", "20457 Hamburg", "Germany", "ann@example.com"),
        "DE811907980",
        List.of(
            new Line("1 × Pro (at $1,191.00 / year)", 1, 119_100),
            new Line("Extra build minutes", 4, 1_000)),
        List.of(new Line("Tax 19 %", 1, 22_819)));
  }

  String text(byte[] bytes) throws IOException {
    try (var document = Loader.loadPDF(bytes)) {
      return new PDFTextStripper().getText(document);
    }
  }

  @Test
  void saysAllThatAnInvoiceHasToSay() throws IOException {
    var bytes = pdf.render(entry(document("Ann <Smith> & Söhne GmbH"), "EUR"), "Smith");
    var text = text(bytes);
    assertThat(text)
        .contains("Invoice", "INV-0042", "25 November 2026", "Harbour Cloud Ltd", "GB123456789")
        .contains("Ann <Smith> & Söhne GmbH", "20457 Hamburg", "DE811907980")
        .contains("EUR 1,191.00", "Tax 19 %", "EUR 228.19", "EUR 1,429.19", "Page 1 of 1");
    var out = System.getProperty("invoice.out");
    if (out != null) {
      Files.write(Path.of(out), bytes);
    }
  }

  @Test
  void whatWasGivenBackReadsAsACreditNote() throws IOException {
    var line = new Line("Refund of INV-0042: Subscription Pro", 1, -10_000);
    var document =
        new Document(List.of("Ann"), "", List.of(line), List.of(new Line("Tax 19 %", 1, -1_900)));
    var note =
        new Transaction(
            Ids.next(),
            Ids.next(),
            null,
            Transaction.Type.REFUND,
            line.text(),
            -11_900,
            -10_000,
            -1_900,
            "EUR",
            "INV-0043",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Ids.next(),
            "re_1",
            document,
            Instant.parse("2026-11-26T12:00:00Z"));
    var text = text(pdf.render(note, "Smith"));
    assertThat(text)
        .contains("Credit note", "Credit note number", "INV-0043", "Refunded")
        .contains("Refund of INV-0042", "-EUR 100.00", "-EUR 19.00", "-EUR 119.00")
        .contains("Amount refunded")
        .doesNotContain("Amount paid")
        .doesNotContain("Invoice number");
  }

  @Test
  void isTheSameEachTime() {
    var entry = entry(document("Ann"), "EUR");
    assertThat(pdf.render(entry, "Smith")).isEqualTo(pdf.render(entry, "Smith"));
  }

  @Test
  void textOfCustomersIsTextAndFetchesNothing() throws IOException {
    var name =
        "</div><img src=\"file:///etc/passwd\"/><script>x</script>&amp;\u0000\uD800 Ω Жук <b>";
    var text = text(pdf.render(entry(document(name), "EUR"), "Smith"));
    assertThat(text.replaceAll("\\s+", "")).contains("<imgsrc=\"file:///etc/passwd\"/>", "ΩЖук");
  }

  @Test
  void longTextsAndManyLinesMakeMorePages() throws IOException {
    var lines =
        java.util.stream.IntStream.range(0, 80)
            .mapToObj(i -> new Line("Position " + i + " " + "long".repeat(40), 1, 100L))
            .toList();
    var document = new Document(List.of("x".repeat(300)), "", lines, List.of());
    try (var made = Loader.loadPDF(pdf.render(entry(document, "USD"), "Smith"))) {
      assertThat(made.getNumberOfPages()).isGreaterThan(1);
      assertThat(new PDFTextStripper().getText(made)).contains("Position 79");
    }
  }

  @Test
  void amountsHaveThePlacesOfTheirCurrency() {
    assertThat(Money.text(123_450, "USD")).isEqualTo("USD 1,234.50");
    assertThat(Money.text(-5, "EUR")).isEqualTo("-EUR 0.05");
    assertThat(Money.text(1_234, "JPY")).isEqualTo("JPY 1,234");
    assertThat(Money.text(1_234_567, "KWD")).isEqualTo("KWD 1,234.567");
  }
}
