package dev.slipway.billing.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Customers, prices, sessions, subscriptions, invoices, charges and refunds, with a clock that
 * tests advance.
 */
public final class FakeBooks {
  private static final String[] CUSTOMER = {"name", "email", "metadata\\[\\w+]"};
  private static final String[] PRICE = {
    "currency", "unit_amount", "recurring\\[interval]", "product_data\\[name]", "metadata\\[\\w+]"
  };
  private static final String[] SESSION = {
    "customer",
    "client_reference_id",
    "billing_address_collection",
    "customer_update\\[\\w+]",
    "success_url",
    "cancel_url",
    "expires_at",
    "metadata\\[\\w+]",
    "mode",
    "automatic_tax\\[enabled]",
    "line_items\\[0]\\[(price|quantity)]",
    "line_items\\[0]\\[price_data]\\[(currency|unit_amount)]",
    "line_items\\[0]\\[price_data]\\[product_data]\\[name]",
    "subscription_data\\[metadata]\\[\\w+]"
  };
  private static final String[] UPDATE = {
    "items\\[0]\\[(id|price)]", "cancel_at_period_end", "proration_behavior", "payment_behavior"
  };
  private static final String[] CANCEL = {"prorate", "invoice_now"};
  private static final String[] PORTAL = {"customer", "return_url"};
  private static final long TAX_PERCENT = 20;

  private final Map<String, Map<String, Object>> objects = new LinkedHashMap<>();
  private final Map<String, Integer> counters = new LinkedHashMap<>();
  private final List<FakeEvent> events = new ArrayList<>();
  private Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
  private boolean declining;
  private boolean taxing;

  /** Cards are declined from now on, or no longer. */
  public synchronized void decline(boolean value) {
    declining = value;
  }

  /** Invoices carry 20 % tax from now on, or no longer. */
  public synchronized void tax(boolean value) {
    taxing = value;
  }

  /** What happened since this was asked last, oldest first. */
  public synchronized List<FakeEvent> takeEvents() {
    var taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  /** All objects of a kind. */
  public synchronized List<Map<String, Object>> all(String kind) {
    return objects.values().stream().filter(it -> it.get("object").equals(kind)).toList();
  }

  synchronized Object get(String path, Form query) {
    return switch (path) {
      case "/v1/prices" -> list(path, "price", query.only("limit"), "object", "price");
      case "/v1/refunds" ->
          list(path, "refund", query.only("charge", "limit"), "charge", query.required("charge"));
      case "/v1/checkout/sessions" ->
          list(
              path,
              "checkout.session",
              query.only("payment_intent", "limit"),
              "payment_intent",
              query.required("payment_intent"));
      case "/v1/invoice_payments" ->
          list(
              path,
              "invoice_payment",
              query.only("payment\\[(type|payment_intent)]", "limit"),
              "payment",
              Map.of(
                  "type",
                  query.required("payment[type]"),
                  "payment_intent",
                  query.required("payment[payment_intent]")));
      default -> object(path.substring(path.lastIndexOf('/') + 1));
    };
  }

  /** The newest first, and no more than were asked for. */
  private Map<String, Object> list(
      String path, String kind, Form query, String member, Object value) {
    var found = all(kind).reversed().stream().filter(it -> value.equals(it.get(member))).toList();
    var limit = Integer.parseInt(query.or("limit", "10"));
    return Map.of(
        "object",
        "list",
        "url",
        path,
        "has_more",
        found.size() > limit,
        "data",
        found.stream().limit(limit).toList());
  }

  synchronized Object write(String method, String path, Form form) {
    var parts = path.split("/");
    var verb = method + " " + path.replaceAll("/(cs|sub)_\\w+", "/{id}");
    return switch (verb) {
      case "POST /v1/customers" -> customer(form.only(CUSTOMER));
      case "POST /v1/prices" -> price(form.only(PRICE));
      case "POST /v1/checkout/sessions" -> session(form.only(SESSION));
      case "POST /v1/checkout/sessions/{id}/expire" -> expire(form.only(), parts[4]);
      case "POST /v1/subscriptions/{id}" -> update(object(parts[3]), form.only(UPDATE));
      case "DELETE /v1/subscriptions/{id}" -> cancel(object(parts[3]), form.only(CANCEL));
      case "POST /v1/billing_portal/sessions" -> portal(form.only(PORTAL));
      default -> throw new Refused(404, "invalid_request_error", "url", "Unrecognized URL " + verb);
    };
  }

  private Map<String, Object> customer(Form form) {
    var customer = add("customer", "cus");
    customer.put("name", form.or("name", ""));
    customer.put("email", form.or("email", ""));
    customer.put("metadata", form.metadata("metadata"));
    return customer;
  }

  private Map<String, Object> price(Form form) {
    var price = add("price", "price");
    price.put("currency", form.required("currency"));
    price.put("unit_amount", form.amount("unit_amount"));
    price.put("recurring", Map.of("interval", form.required("recurring[interval]")));
    price.put("nickname", form.required("product_data[name]"));
    return price;
  }

  private Map<String, Object> session(Form form) {
    object(form.required("customer"));
    form.required("success_url");
    var expires = Instant.ofEpochSecond(Long.parseLong(form.required("expires_at")));
    if (expires.isBefore(Instant.now().plus(Duration.ofMinutes(30)))
        || expires.isAfter(Instant.now().plus(Duration.ofHours(24)))) {
      throw Refused.invalid("parameter_invalid", "expires_at must be 30 minutes to 24 hours away");
    }
    var plan = form.required("mode").equals("subscription");
    form.required("line_items[0][quantity]");
    var amount =
        plan
            ? (long) object(form.required("line_items[0][price]")).get("unit_amount")
            : form.amount("line_items[0][price_data][unit_amount]");
    var session = add("checkout.session", "cs_test");
    session.put("mode", form.required("mode"));
    session.put("customer", form.required("customer"));
    session.put("status", "open");
    session.put("payment_status", "unpaid");
    session.put("price", form.or("line_items[0][price]", ""));
    session.put("metadata", form.metadata("metadata"));
    session.put("url", "https://checkout.stripe.test/c/pay/" + session.get("id"));
    session.put("amount_subtotal", amount);
    session.put("amount_total", amount + taxOf(amount));
    session.put("total_details", Map.of("amount_tax", taxOf(amount)));
    session.put(
        "currency",
        plan
            ? object(form.required("line_items[0][price]")).get("currency")
            : form.required("line_items[0][price_data][currency]"));
    return session;
  }

  private Map<String, Object> expire(Form form, String id) {
    var session = object(id);
    if (!session.get("status").equals("open")) {
      throw Refused.invalid("resource_invalid_state", "Only open sessions can be expired");
    }
    session.put("status", "expired");
    happened("checkout.session.expired", session);
    return session;
  }

  private Map<String, Object> update(Map<String, Object> subscription, Form form) {
    if (subscription.get("status").equals("canceled")) {
      throw Refused.missing(String.valueOf(subscription.get("id")));
    }
    if (form.has("items[0][price]")) {
      var price = object(form.required("items[0][price]"));
      if (!form.required("items[0][id]").equals("si_" + subscription.get("id"))) {
        throw Refused.invalid("resource_missing", "No such item");
      }
      if (declining && form.or("payment_behavior", "").equals("error_if_incomplete")) {
        throw new Refused(402, "card_error", "card_declined", "Your card was declined.");
      }
      subscription.put("price", price.get("id"));
      invoice(subscription, "subscription_update", true);
    }
    if (form.has("cancel_at_period_end")) {
      var ends = form.required("cancel_at_period_end").equals("true");
      subscription.put("cancel_at_period_end", ends);
      subscription.put("canceled_at", ends ? now.getEpochSecond() : null);
    }
    refresh(subscription);
    happened("customer.subscription.updated", subscription);
    return subscription;
  }

  private Map<String, Object> cancel(Map<String, Object> subscription, Form form) {
    if (subscription.get("status").equals("canceled")) {
      throw Refused.missing(String.valueOf(subscription.get("id")));
    }
    end(subscription, "cancellation_requested");
    return subscription;
  }

  private Map<String, Object> portal(Form form) {
    object(form.required("customer"));
    var session = add("billing_portal.session", "bps");
    session.put("url", "https://billing.stripe.test/p/session/" + session.get("id"));
    return session;
  }

  /** The customer pays an open session; refuses where it is not open any more. */
  public synchronized Map<String, Object> pay(String sessionId) {
    var session = object(sessionId);
    if (!session.get("status").equals("open")) {
      throw new IllegalStateException("session is " + session.get("status"));
    }
    session.put("status", "complete");
    session.put("payment_status", "paid");
    session.put("customer_details", buyer());
    if (session.get("mode").equals("subscription")) {
      var subscription = subscribe(session);
      session.put("subscription", subscription.get("id"));
      session.put("invoice", invoice(subscription, "subscription_create", true).get("id"));
    } else {
      session.put("payment_intent", charge((long) session.get("amount_total")));
    }
    happened("checkout.session.completed", session);
    return session;
  }

  private Map<String, Object> subscribe(Map<String, Object> session) {
    var subscription = add("subscription", "sub");
    subscription.put("customer", session.get("customer"));
    subscription.put("status", "active");
    subscription.put("price", session.get("price"));
    subscription.put("cancel_at_period_end", false);
    subscription.put("currency", session.get("currency"));
    subscription.put("period_end", after(now, String.valueOf(session.get("price"))));
    refresh(subscription);
    happened("customer.subscription.created", subscription);
    return subscription;
  }

  /** Lets time pass: periods that end are renewed, fail to be, or are the last. */
  public synchronized void advance(Duration time) {
    now = now.plus(time);
    for (var subscription : all("subscription")) {
      var end = (long) subscription.get("period_end");
      if (!subscription.get("status").equals("canceled") && end <= now.getEpochSecond()) {
        periodEnds(subscription, Instant.ofEpochSecond(end));
      }
    }
  }

  private void periodEnds(Map<String, Object> subscription, Instant end) {
    if (subscription.get("cancel_at_period_end").equals(true)) {
      end(subscription, "cancellation_requested");
      return;
    }
    subscription.put("period_end", after(end, String.valueOf(subscription.get("price"))));
    subscription.put("status", declining ? "past_due" : "active");
    refresh(subscription);
    invoice(subscription, "subscription_cycle", !declining);
    happened("customer.subscription.updated", subscription);
  }

  /** The invoice that is open is tried again. */
  public synchronized void retry(String invoiceId) {
    var invoice = object(invoiceId);
    var subscription = objects.get(String.valueOf(invoice.get("of")));
    settle(invoice, !declining);
    subscription.put("status", declining ? "past_due" : "active");
    refresh(subscription);
    happened("customer.subscription.updated", subscription);
  }

  /** Stripe gives a subscription up that stays unpaid. */
  public synchronized void giveUp(String subscriptionId) {
    end(object(subscriptionId), "payment_failed");
  }

  private void end(Map<String, Object> subscription, String reason) {
    subscription.put("status", "canceled");
    subscription.put("ended_at", now.getEpochSecond());
    subscription.putIfAbsent("canceled_at", now.getEpochSecond());
    subscription.put("cancellation_details", Map.of("reason", reason));
    refresh(subscription);
    happened("customer.subscription.deleted", subscription);
  }

  private Map<String, Object> invoice(
      Map<String, Object> subscription, String reason, boolean paid) {
    var price = object(String.valueOf(subscription.get("price")));
    var amount = (long) price.get("unit_amount");
    var invoice = add("invoice", "in");
    invoice.put("of", subscription.get("id"));
    invoice.put("customer", subscription.get("customer"));
    invoice.put("billing_reason", reason);
    invoice.put("currency", price.get("currency"));
    invoice.put("subtotal", amount);
    invoice.put("total", amount + taxOf(amount));
    invoice.put("total_taxes", taxes(amount));
    invoice.putAll(
        Map.of(
            "customer_name", "Ann <Smith> & Söhne GmbH",
            "customer_email", "ann@example.com",
            "customer_address", address()));
    var details = Map.of("subscription", subscription.get("id"), "metadata", Map.of());
    invoice.put("parent", Map.of("type", "subscription_details", "subscription_details", details));
    var line = new LinkedHashMap<String, Object>();
    line.put("id", "il_" + invoice.get("id"));
    line.put("object", "line_item");
    line.put("amount", amount);
    line.put("subtotal", amount);
    line.put("quantity", 1);
    line.put("description", "1 × " + price.get("nickname"));
    line.put("pricing", Map.of("price_details", Map.of("price", price.get("id"))));
    invoice.put("lines", Map.of("object", "list", "data", List.of(line)));
    settle(invoice, paid);
    return invoice;
  }

  private void settle(Map<String, Object> invoice, boolean paid) {
    invoice.put("status", paid ? "paid" : "open");
    invoice.put("amount_paid", paid ? invoice.get("total") : 0L);
    if (paid) {
      var payment = add("invoice_payment", "inpay");
      payment.put("invoice", invoice.get("id"));
      payment.put(
          "payment",
          Map.of("type", "payment_intent", "payment_intent", charge((long) invoice.get("total"))));
    }
    happened(paid ? "invoice.paid" : "invoice.payment_failed", invoice);
  }

  private String charge(long amount) {
    var charge = add("charge", "ch");
    var payment = "pi_" + charge.get("id");
    charge.put("payment_intent", payment);
    charge.put("amount", amount);
    charge.put("amount_refunded", 0L);
    charge.put("refunded", false);
    return payment;
  }

  /**
   * The newest charge is given back in part or in whole; refuses more than is left of it.
   *
   * @return the refund's id
   */
  public synchronized String refund(long amount) {
    var charge = all("charge").getLast();
    var left = (long) charge.get("amount") - (long) charge.get("amount_refunded");
    if (left == 0) {
      throw Refused.invalid("charge_already_refunded", "Charge has already been refunded.");
    }
    if (amount <= 0 || amount > left) {
      throw Refused.invalid(
          "parameter_invalid_integer",
          "Refund amount ("
              + amount
              + ") is greater than unrefunded amount on charge ("
              + left
              + ")");
    }
    var refund = add("refund", "re");
    refund.put("amount", amount);
    refund.put("charge", charge.get("id"));
    refund.put("payment_intent", charge.get("payment_intent"));
    refund.put("status", "succeeded");
    refunded(charge, amount);
    happened("refund.created", refund);
    happened("charge.refunded", charge);
    happened("charge.refund.updated", refund);
    return String.valueOf(refund.get("id"));
  }

  /** The customer's bank sends a refund back. */
  public synchronized void failRefund(String id) {
    var refund = object(id);
    if (!refund.get("status").equals("succeeded")) {
      throw new IllegalStateException("refund is " + refund.get("status"));
    }
    refund.put("status", "failed");
    refund.put("failure_reason", "lost_or_stolen_card");
    refunded(object(String.valueOf(refund.get("charge"))), -(long) refund.get("amount"));
    happened("refund.failed", refund);
    happened("charge.refund.updated", refund);
  }

  private static void refunded(Map<String, Object> charge, long amount) {
    charge.merge("amount_refunded", amount, (before, more) -> (long) before + (long) more);
    charge.put("refunded", charge.get("amount_refunded").equals(charge.get("amount")));
  }

  private long taxOf(long amount) {
    return taxing ? amount * TAX_PERCENT / 100 : 0;
  }

  private List<Map<String, Object>> taxes(long amount) {
    return taxing
        ? List.of(
            Map.of("amount", taxOf(amount), "taxable_amount", amount, "tax_behavior", "exclusive"))
        : List.of();
  }

  private static Map<String, Object> buyer() {
    return Map.of("name", "Ann Smith", "email", "ann@example.com", "address", address());
  }

  private static Map<String, Object> address() {
    return Map.of(
        "line1", "1 Harbour Street", "city", "Hamburg", "postal_code", "20457", "country", "DE");
  }

  private void refresh(Map<String, Object> subscription) {
    var item =
        Map.of(
            "id",
            "si_" + subscription.get("id"),
            "object",
            "subscription_item",
            "current_period_end",
            subscription.get("period_end"),
            "price",
            object(String.valueOf(subscription.get("price"))));
    subscription.put("items", Map.of("object", "list", "data", List.of(item)));
  }

  private long after(Instant start, String price) {
    var every = (Map<?, ?>) object(price).get("recurring");
    var day = start.atZone(ZoneOffset.UTC);
    return ("year".equals(every.get("interval")) ? day.plusYears(1) : day.plusMonths(1))
        .toEpochSecond();
  }

  private Map<String, Object> add(String kind, String prefix) {
    var id = prefix + "_" + counters.merge(prefix, 1, Integer::sum) + "x";
    var object = new LinkedHashMap<String, Object>();
    object.put("id", id);
    object.put("object", kind);
    object.put("created", now.getEpochSecond());
    objects.put(id, object);
    return object;
  }

  private Map<String, Object> object(@Nullable String id) {
    var found = objects.get(id);
    if (found == null) {
      throw Refused.missing(String.valueOf(id));
    }
    return found;
  }

  private void happened(String type, Map<String, Object> object) {
    var id = "evt_" + counters.merge("evt", 1, Integer::sum);
    events.add(
        new FakeEvent(id, type, String.valueOf(object.get("id")), Map.copyOf(plain(object))));
  }

  private static Map<String, Object> plain(Map<String, Object> object) {
    var known = new LinkedHashMap<>(object);
    known.values().removeIf(java.util.Objects::isNull);
    return known;
  }
}
