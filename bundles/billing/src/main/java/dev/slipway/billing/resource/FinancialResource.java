package dev.slipway.billing.resource;

import dev.slipway.api.CommonError;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.billing.resource.TransactionPayloads.Paging;
import dev.slipway.billing.resource.TransactionPayloads.TransactionsAnswer;
import dev.slipway.billing.service.FinancialService;
import dev.slipway.billing.service.FinancialService.Metric;
import dev.slipway.billing.service.LedgerService;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What all tenants paid, and how business goes. */
@Component(service = RestResource.class)
@Path("/api/admin/financial")
public final class FinancialResource implements RestResource {
  private static final int USUAL = 50;

  private final LedgerService ledger;
  private final FinancialService financials;

  /** Made by the component runtime. */
  @Activate
  public FinancialResource(
      @Reference LedgerService ledger, @Reference FinancialService financials) {
    this.ledger = ledger;
    this.financials = financials;
  }

  /** A day (UTC) and its value. */
  public record PointView(LocalDate date, long value) {}

  /** A series without gaps, the oldest day first. */
  public record SeriesAnswer(List<PointView> data) {}

  @GET
  @Path("transactions")
  @Op(
      value = "billing.transaction.search",
      access = Access.ROOT_ADMIN,
      summary = "Page through transactions of all tenants")
  public TransactionsAnswer transactions(
      @QueryParam("page") @Nullable String page,
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("tenantId") @Nullable UUID tenantId,
      @QueryParam("search") @Size(max = 200) @Nullable String search) {
    var paging = Paging.of(page, perPage, USUAL);
    return TransactionsAnswer.of(
        ledger.all(tenantId, search, paging.page(), paging.perPage()), paging);
  }

  @GET
  @Path("metrics")
  @Op(
      value = "billing.metric.get",
      access = Access.ROOT_ADMIN,
      summary = "Fetch daily business metric series")
  public SeriesAnswer metrics(
      @QueryParam("range") @DefaultValue("30d") String range,
      @QueryParam("metric") @DefaultValue("revenue") Metric metric) {
    return new SeriesAnswer(
        financials.series(metric, days(range)).stream()
            .map(point -> new PointView(point.date(), point.value()))
            .toList());
  }

  private static int days(String range) {
    return switch (range) {
      case "7d" -> 7;
      case "30d" -> 30;
      case "1y" -> 365;
      default -> throw CommonError.INVALID.of().withField("range", "must be 7d, 30d or 1y");
    };
  }
}
