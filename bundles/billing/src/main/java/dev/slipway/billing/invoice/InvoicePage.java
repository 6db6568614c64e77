package dev.slipway.billing.invoice;

import dev.slipway.billing.Transaction;
import dev.slipway.billing.Transaction.Line;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An invoice as a page; every text that came from people is escaped, nothing is fetched. */
final class InvoicePage {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final Seller seller;

  InvoicePage(Seller seller) {
    this.seller = seller;
  }

  String html(Transaction entry, String tenantName) {
    return """
        <html><head><title>%s</title><style>%s</style></head><body>
        <table class="head"><tr><td class="seller">%s</td><td class="title">%s</td></tr></table>
        <table class="parties"><tr>
        <td><div class="label">From</div>%s</td>
        <td><div class="label">Billed to</div>%s</td>
        <td class="facts">%s</td></tr></table>
        <table class="lines"><thead><tr><th>Description</th><th class="number">Quantity</th>
        <th class="number">Amount</th></tr></thead><tbody>%s</tbody></table>
        <table class="sums">%s</table>
        <div class="foot">%s</div>
        </body></html>
        """
        .formatted(
            escape(entry.invoiceNumber()),
            STYLE,
            escape(seller.name()),
            credit(entry) ? "Credit note" : "Invoice",
            lines(from()),
            lines(to(entry, tenantName)),
            facts(entry),
            rows(entry),
            sums(entry),
            escape(seller.note()));
  }

  private List<String> from() {
    var lines = new ArrayList<String>();
    lines.add(seller.name());
    lines.addAll(seller.address());
    if (!seller.email().isEmpty()) {
      lines.add(seller.email());
    }
    if (!seller.taxId().isEmpty()) {
      lines.add("Tax ID " + seller.taxId());
    }
    return lines;
  }

  private static List<String> to(Transaction entry, String tenantName) {
    var customer = entry.document().customer();
    var lines = new ArrayList<>(customer.isEmpty() ? List.of(tenantName) : customer);
    if (!entry.document().taxId().isEmpty()) {
      lines.add("Tax ID " + entry.document().taxId());
    }
    return lines;
  }

  private static String facts(Transaction entry) {
    return fact(credit(entry) ? "Credit note number" : "Invoice number", entry.invoiceNumber())
        + fact("Date", DATE.format(entry.createdAt()))
        + fact("Status", credit(entry) ? "Refunded" : "Paid");
  }

  /** Whether money was given back. */
  private static boolean credit(Transaction entry) {
    return entry.amountCents() < 0;
  }

  private static String fact(String label, String text) {
    return "<div class=\"label\">" + label + "</div><div>" + escape(text) + "</div>";
  }

  private static String rows(Transaction entry) {
    var lines = entry.document().lines();
    var shown =
        lines.isEmpty() ? List.of(new Line(entry.description(), 1, entry.subtotalCents())) : lines;
    return shown.stream()
        .map(
            line ->
                "<tr><td>%s</td><td class=\"number\">%d</td><td class=\"number\">%s</td></tr>"
                    .formatted(
                        escape(line.text()),
                        line.quantity(),
                        Money.text(line.amountCents(), entry.currency())))
        .collect(Collectors.joining());
  }

  private static String sums(Transaction entry) {
    var taxes =
        entry.document().taxes().stream()
            .map(tax -> sum("", tax.text(), tax.amountCents(), entry.currency()))
            .collect(Collectors.joining());
    return sum("", "Subtotal", entry.subtotalCents(), entry.currency())
        + (taxes.isEmpty() ? sum("", "Tax", entry.taxAmountCents(), entry.currency()) : taxes)
        + sum("total", "Total", entry.amountCents(), entry.currency())
        + sum(
            "",
            credit(entry) ? "Amount refunded" : "Amount paid",
            Math.abs(entry.amountCents()),
            entry.currency());
  }

  private static String sum(String style, String text, long amount, String currency) {
    return "<tr class=\"%s\"><td>%s</td><td class=\"number\">%s</td></tr>"
        .formatted(style, escape(text), Money.text(amount, currency));
  }

  private static String lines(List<String> lines) {
    return lines.stream()
        .map(line -> "<div>" + escape(line) + "</div>")
        .collect(Collectors.joining());
  }

  /** Text as text, whatever it says; characters that XML can not hold are shown as a box. */
  static String escape(String text) {
    var escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(printable(point) ? point : 0x25a1);
              }
            });
    return escaped.toString();
  }

  private static boolean printable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> point == '\t';
      default -> (point & 0xfffe) != 0xfffe;
    };
  }

  private static final String STYLE =
      """
      @page { size: A4; margin: 20mm 18mm 24mm 18mm;
        @bottom-right { content: "Page " counter(page) " of " counter(pages);
          font: 8pt invoice; color: #6b7280; } }
      body { font-family: invoice; font-size: 10pt; color: #1f2937; line-height: 1.4; }
      table { width: 100%; border-collapse: collapse; }
      td, th { vertical-align: top; text-align: left; font-weight: normal; }
      .head td { padding-bottom: 12mm; }
      .seller { font-size: 14pt; }
      .title { font-size: 24pt; text-align: right; color: #111827; }
      .parties { table-layout: fixed; }
      .parties td { padding-right: 6mm; padding-bottom: 12mm; word-wrap: break-word; }
      .label { font-size: 8pt; color: #6b7280; padding-top: 1mm; }
      .number { text-align: right; white-space: nowrap; }
      .lines th { font-size: 8pt; color: #6b7280; border-bottom: 1pt solid #9ca3af; padding: 2mm 1mm; }
      .lines td { border-bottom: 0.5pt solid #e5e7eb; padding: 2.5mm 1mm; }
      .lines { -fs-table-paginate: paginate; }
      .lines th.number { text-align: right; }
      .sums { width: 45%; margin-left: 55%; margin-top: 6mm; page-break-inside: avoid; }
      .sums td { padding: 1.2mm 1mm; }
      .total td { border-top: 1pt solid #111827; font-size: 12pt; }
      .foot { margin-top: 14mm; font-size: 8pt; color: #6b7280; }
      """;
}
