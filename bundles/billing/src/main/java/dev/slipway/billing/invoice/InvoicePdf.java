package dev.slipway.billing.invoice;

import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import dev.slipway.api.platform.Platform;
import dev.slipway.billing.Transaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.concurrent.Semaphore;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Invoices as PDF: of one transaction always the same bytes. */
@Component(service = InvoicePdf.class)
public final class InvoicePdf {
  /** Part of PDFBox (SIL Open Font License): Latin, Greek, Cyrillic and Hebrew. */
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  /** Each takes some megabytes while it lasts. */
  private static final int AT_A_TIME = 4;

  private final Seller seller;
  private final Semaphore running = new Semaphore(AT_A_TIME);

  /** Made by the component runtime. */
  @Activate
  public InvoicePdf(@Reference Platform platform) {
    this(Seller.of(platform));
  }

  InvoicePdf(Seller seller) {
    this.seller = seller;
    XRLog.setLoggingEnabled(false);
  }

  /** The invoice over an entry of the ledger. */
  public byte[] render(Transaction entry, String tenantName) {
    running.acquireUninterruptibly();
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(InvoicePdf.class.getClassLoader());
    try {
      return bytes(entry, new InvoicePage(seller).html(entry, tenantName));
    } catch (IOException failure) {
      throw new UncheckedIOException("invoice " + entry.invoiceNumber(), failure);
    } finally {
      thread.setContextClassLoader(before);
      running.release();
    }
  }

  private byte[] bytes(Transaction entry, String html) throws IOException {
    var builder = new PdfRendererBuilder();
    builder.withHtmlContent(html, null);
    builder.useFont(new Font(), "invoice");
    // Nothing on the page refers to anything; should a text ever do so, it leads nowhere.
    builder.useExternalResourceAccessControl(
        (uri, type) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI);
    builder.useExternalResourceAccessControl(
        (uri, type) -> false, ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
    try (var document = new PDDocument()) {
      builder.usePDDocument(document);
      try (var renderer = builder.buildPdfRenderer()) {
        renderer.layout();
        renderer.createPDFWithoutClosing();
      }
      document.setDocumentInformation(facts(entry));
      document.setDocumentId(entry.id().getMostSignificantBits());
      var out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    }
  }

  private PDDocumentInformation facts(Transaction entry) {
    var facts = new PDDocumentInformation();
    facts.setTitle(entry.invoiceNumber());
    facts.setAuthor(seller.name());
    facts.setProducer("Slipway");
    var made = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC), Locale.ROOT);
    made.setTimeInMillis(entry.createdAt().toEpochMilli());
    facts.setCreationDate(made);
    facts.setModificationDate(made);
    return facts;
  }

  private static final class Font implements com.openhtmltopdf.extend.FSSupplier<InputStream> {
    @Override
    public InputStream supply() {
      return Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT), FONT);
    }
  }
}
