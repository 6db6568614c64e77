package dev.slipway.billing.invoice;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Currency;
import java.util.Locale;

/** Amounts as invoices show them, the same on every machine. */
public final class Money {
  private Money() {}

  /**
   * Minor units with the currency's code in front and as many places as ISO 4217 gives it, such as
   * {@code USD 1,234.50} or {@code JPY 1,234}.
   */
  public static String text(long minorUnits, String currency) {
    var places = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    var pattern = places == 0 ? "#,##0" : "#,##0." + "0".repeat(places);
    var format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    var amount = BigDecimal.valueOf(minorUnits, places);
    return (minorUnits < 0 ? "-" : "") + currency + " " + format.format(amount.abs());
  }
}
