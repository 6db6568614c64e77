package dev.slipway.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.PublicOp;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;

/** Who serves what, and how that changes under requests. */
class RouterTest {
  private static final Owner SHOP = new Owner("shop", 1, false);
  private static final Owner OTHER = new Owner("other", 2, false);
  private static final Owner PLUGIN = new Owner("acme", 3, true);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final AtomicInteger builds = new AtomicInteger();
  private boolean elsewhereIsBroken;
  private final Router router =
      new Router(
          resources -> {
            builds.incrementAndGet();
            if (resources.stream().anyMatch(Elsewhere.class::isInstance) && elsewhereIsBroken) {
              throw new IllegalStateException("broken");
            }
            var config = new ResourceConfig();
            resources.forEach(config::register);
            return new ApplicationHandler(config);
          });

  private void add(Owner owner, Object... resources) {
    router.add(Map.of(owner, List.of(resources)));
  }

  private List<String> served() {
    return router.bundles().stream()
        .flatMap(bundle -> bundle.routes().stream())
        .map(route -> route.verb() + " " + route.path())
        .sorted()
        .toList();
  }

  @Test
  void anUnmarkedMethodClosesItsWholeBundle() {
    add(SHOP, new Unmarked());
    assertThat(served()).isEmpty();
    assertThat(router.refusal("shop"))
        .hasSize(4)
        .anyMatch(gap -> gap.contains("Unmarked.none"))
        .anyMatch(gap -> gap.contains("Unmarked.both"))
        .anyMatch(gap -> gap.contains("Unmarked.locator"))
        .anyMatch(gap -> gap.contains("Unmarked.badName"));
  }

  @Test
  void anOperationThatIsOpenToBoundCredentialsNamesItsObject() {
    add(SHOP, new Unbound());
    assertThat(served()).isEmpty();
    assertThat(router.refusal("shop"))
        .singleElement()
        .asString()
        .contains("Unbound.read")
        .contains("no parameter shopId");
  }

  @Test
  void aRefusedBundleIsTakenOnceItIsRight() {
    add(SHOP, new Unmarked());
    add(new Owner("shop", 9, false), new Shop());
    assertThat(router.refusal("shop")).isEmpty();
    assertThat(served()).containsExactly("GET /api/shop", "GET /api/shop/{id}");
  }

  @Test
  void theFirstKeepsARouteThatTwoClaim() {
    add(SHOP, new Shop());
    add(OTHER, new SameRoute());
    assertThat(router.refusal("other"))
        .singleElement()
        .asString()
        .contains("GET /api/shop/{name}", "other", "shop");
    assertThat(served()).containsExactly("GET /api/shop", "GET /api/shop/{id}");
  }

  @Test
  void manyBundlesAtOnceAreOneBuild() {
    var before = builds.get();
    var all = new LinkedHashMap<Owner, List<Object>>();
    all.put(SHOP, List.of(new Shop()));
    all.put(OTHER, List.of(new Elsewhere()));
    router.add(all);
    assertThat(served()).hasSize(3);
    assertThat(builds.get() - before).isEqualTo(1);
  }

  @Test
  void oneThatCanNotBeBuiltKeepsNoOtherOut() {
    elsewhereIsBroken = true;
    var all = new LinkedHashMap<Owner, List<Object>>();
    all.put(OTHER, List.of(new Elsewhere()));
    all.put(SHOP, List.of(new Shop()));
    router.add(all);
    assertThat(served()).containsExactly("GET /api/shop", "GET /api/shop/{id}");
    assertThat(router.refusal("other")).containsExactly("its resources can not be built: broken");
    assertThat(router.refusal("shop")).isEmpty();
  }

  @Test
  void aPluginStandsBelowItsOwnPathInAnApplicationOfItsOwn() {
    add(SHOP, new Shop());
    var house = router.enter("/api/shop");
    add(PLUGIN, new Elsewhere());
    assertThat(served()).contains("GET /api/plugins/acme/elsewhere");
    var plugin = router.enter("/api/plugins/acme/elsewhere");
    assertThat(plugin.base()).isEqualTo("/api/plugins/acme/");
    assertThat(plugin).isNotSameAs(house);
    assertThat(router.enter("/api/shop")).as("the house is untouched").isSameAs(house);
    assertThat(router.enter("/api/plugins/unknown/x")).isSameAs(house);
  }

  @Test
  void anAbsentBundlesRoutesAreRememberedUntilItIsForgotten() {
    add(SHOP, new Shop());
    assertThat(router.absentOwner("GET", "/api/shop/7")).isEmpty();
    assertThat(router.remove(SHOP, LONG)).isTrue();
    assertThat(router.absentOwner("GET", "/api/shop/7")).contains("shop");
    assertThat(router.absentOwner("POST", "/api/shop/7")).isEmpty();
    assertThat(router.absentOwner("GET", "/api/shop/7/more")).isEmpty();
    router.forget("shop");
    assertThat(router.absentOwner("GET", "/api/shop/7")).isEmpty();
    router.noteAbsent("later", List.of("GET /api/later/{id}"));
    assertThat(router.absentOwner("GET", "/api/later/1")).contains("later");
  }

  @Test
  void aRouteIsAbsentOrServedByAnotherForWhoeverMissedIt() {
    for (var owner : List.of(OTHER, PLUGIN)) {
      var path = owner.plugin() ? "/api/plugins/acme/elsewhere" : "/elsewhere";
      router.noteAbsent(owner.id(), List.of("GET " + path));
      var early = router.enter(path);
      assertThat(router.serving(path)).isSameAs(early);
      assertThat(router.absentOwner("GET", path)).contains(owner.id());
      add(owner, new Elsewhere());
      assertThat(router.absentOwner("GET", path)).isEmpty();
      assertThat(router.serving(path)).isNotSameAs(early);
      early.exit(null);
      router.remove(owner, LONG);
    }
  }

  @Test
  void aRemovalWaitsForTheRequestsOfItsBundle() throws Exception {
    add(SHOP, new Shop());
    var inside = router.enter("/api/shop");
    var bound = inside.bound(Shop.class.getMethod("list"));
    inside.matched(bound);
    assertThat(router.remove(SHOP, Duration.ofMillis(1))).as("one is still inside").isFalse();
    assertThat(served()).isEmpty();
    add(SHOP, new Shop());
    var again = router.enter("/api/shop");
    var left = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      again.matched(again.bound(Shop.class.getMethod("list")));
      var removed =
          CompletableFuture.supplyAsync(
              () -> {
                left.countDown();
                return router.remove(SHOP, LONG);
              },
              threads);
      left.await();
      again.exit(again.bound(Shop.class.getMethod("list")));
      assertThat(removed.join()).isTrue();
    }
    inside.exit(bound);
  }

  @Test
  void anUpdateServesTheNewWhileTheOldFinishes() throws Exception {
    add(SHOP, new Shop());
    var old = router.enter("/api/shop");
    var bound = old.bound(Shop.class.getMethod("list"));
    old.matched(bound);
    var successor = new Owner("shop", 7, false);
    add(successor, new Shop());
    assertThat(router.refusal("shop")).isEmpty();
    assertThat(router.enter("/api/shop")).isNotSameAs(old);
    old.exit(bound);
    assertThat(router.remove(SHOP, LONG)).isTrue();
    assertThat(served()).as("the new one stays").hasSize(2);
  }

  @Test
  void whoeverEntersFindsAnApplicationHoweverOftenItIsSwapped() throws Exception {
    add(SHOP, new Shop());
    var method = Shop.class.getMethod("list");
    var stop = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var served = new AtomicInteger();
      var clients =
          java.util.stream.IntStream.range(0, 4)
              .mapToObj(
                  number ->
                      CompletableFuture.runAsync(
                          () -> {
                            while (stop.getCount() > 0) {
                              var generation = router.enter("/api/shop");
                              var bound = generation.bound(method);
                              assertThat(bound).isNotNull();
                              generation.matched(bound);
                              generation.exit(bound);
                              served.incrementAndGet();
                            }
                          },
                          threads))
              .toList();
      for (var cycle = 0; cycle < 10; cycle++) {
        add(OTHER, new Elsewhere());
        assertThat(router.remove(OTHER, LONG)).isTrue();
      }
      stop.countDown();
      clients.forEach(CompletableFuture::join);
      assertThat(served.get()).isPositive();
    }
  }

  @Path("/api/shop")
  public static final class Shop {
    @GET
    @Op(value = "shop.item.list", access = Access.TENANT, summary = "List")
    public String list() {
      return "";
    }

    @GET
    @Path("{id}")
    @PublicOp(value = "shop.item.read", reason = "a test", summary = "Read")
    public String read() {
      return "";
    }
  }

  @Path("/elsewhere")
  public static final class Elsewhere {
    @GET
    @PublicOp(value = "other.thing.list", reason = "a test", summary = "List")
    public String list() {
      return "";
    }
  }

  @Path("/api/shop/{name}")
  public static final class SameRoute {
    @GET
    @PublicOp(value = "other.item.read", reason = "a test", summary = "Read")
    public String read() {
      return "";
    }
  }

  @Path("/api/unmarked")
  public static final class Unmarked {
    @GET
    public String none() {
      return "";
    }

    @POST
    @Op(value = "shop.item.create", access = Access.TENANT, summary = "Add")
    @PublicOp(value = "shop.item.add", reason = "a test", summary = "Add")
    public String both() {
      return "";
    }

    @Path("sub")
    public Shop locator() {
      return new Shop();
    }

    @GET
    @Path("bad")
    @PublicOp(value = "Shop", reason = "a test", summary = "Read")
    public String badName() {
      return "";
    }
  }

  @Path("/api/unbound")
  public static final class Unbound {
    @GET
    @Path("{id}")
    @Op(value = "shop.item.get", access = Access.TENANT, bound = "shopId", summary = "Read")
    public String read() {
      return "";
    }
  }
}
