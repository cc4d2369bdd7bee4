package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.Bytes;
import io.tercet.system.client.Fresh;
import io.tercet.system.client.Json;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What somebody has typed is not lost with the page, and not kept for others.
@DrivesTheStack
@Tag("browser")
class UnsentTest {

  private static final Pattern NOT_CONNECTED =
      Pattern.compile("Reconnecting|Connecting|No connection");

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  UnsentTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void aMessageAndADraftSurviveAReloadAndAreSentOnceByTwoTabs() {
    Person grace = Person.guest(stack, "grace");
    String roomId = grace.createsRoom("train");
    String room = grace.browser().get("/api/rooms/" + roomId).json().path("name").asString();
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    Line line = Line.of(ada.page());
    ada.entersAsGuest(Fresh.name("ada"));
    ada.joins(room);
    ada.says(room, "before the tunnel");
    ada.sees(room, "before the tunnel");
    assertThat(ada.conversation(room).locator("[data-state]")).hasCount(0);

    line.cut();
    assertThat(status(ada).getByText(NOT_CONNECTED)).isVisible();
    ada.says(room, "written in the tunnel");
    assertThat(ada.conversation(room).getByText("Waits for the connection")).isVisible();
    ada.composer(room).fill("I have begun");
    Pictures.take(ada, "unsent");
    ada.page().reload();
    assertThat(ada.conversation(room).getByText("written in the tunnel")).isVisible();
    assertThat(ada.conversation(room).getByText("Waits for the connection")).isVisible();

    Visitor second = new Visitor(ada.page().context().newPage());
    second.page().navigate(ada.page().url());
    assertThat(second.conversation(room).getByText("written in the tunnel")).hasCount(1);
    assertThat(second.composer(room)).hasValue("I have begun");
    line.mend();
    ada.seesRoom(room);
    assertThat(ada.composer(room)).hasValue("I have begun");
    assertThat(ada.conversation(room).getByText("written in the tunnel")).hasCount(1);
    assertThat(ada.conversation(room).locator("[data-state]")).hasCount(0);
    assertThat(second.conversation(room).locator("[data-state]")).hasCount(0);
    assertThat(grace.readsLog(roomId).stream().map(Json::write))
        .filteredOn(entry -> entry.contains("written in the tunnel"))
        .hasSize(1);
  }

  @Test
  void signingOutAsksAndErases() {
    String room = Fresh.name("secrets");
    Visitor ada = chromium.visitor(stack, Seat.DARK);
    ada.registers(Fresh.name("ada"));
    ada.createsRoom(room);
    ada.composer(room).fill("nobody else may read this");
    ada.asksToSignOut();
    Locator question = ada.dialog();
    assertThat(question.getByText("are erased from this browser")).isVisible();
    Pictures.take(ada, "sign-out-dark");
    question.getByRole(AriaRole.BUTTON, Visitor.exactly("Sign out")).click();

    assertThat(ada.page().getByLabel("Your name")).isVisible();
    assertThat(kept(ada.page())).isEqualTo("[]");
  }

  @Test
  void closingThePageDuringAnUploadAsks() {
    String room = Fresh.name("plans");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.createsRoom(room);
    List<String> asked = new ArrayList<>();
    ada.page()
        .onDialog(dialog -> {
          asked.add(dialog.type());
          dialog.dismiss();
        });
    ada.slowsTheLineTo(100_000);
    ada.drops(ada.conversation(room), "plan.pdf", "application/pdf", Bytes.random(1_000_000));
    assertThat(ada.progressOf("plan.pdf")).isVisible();
    ada.page().close(new Page.CloseOptions().setRunBeforeUnload(true));
    ada.page().waitForCondition(() -> !asked.isEmpty());
    assertThat(asked).containsExactly("beforeunload");
    assertThat(ada.page().isClosed()).isFalse();
  }

  private static Locator status(Visitor visitor) {
    return visitor.page().getByRole(AriaRole.STATUS);
  }

  /// The texts in all stores of the page's database.
  private static String kept(Page page) {
    return page.evaluate(
            """
            async () => {
              const asked = (request) =>
                new Promise((done, failed) => {
                  request.onsuccess = () => done(request.result)
                  request.onerror = () => failed(request.error)
                })
              const database = await asked(indexedDB.open('tercet.chat'))
              const stores = [...database.objectStoreNames]
              const transaction = database.transaction(stores)
              const all = await Promise.all(
                stores.map((name) => asked(transaction.objectStore(name).getAll())))
              database.close()
              return JSON.stringify(all.flat())
            }
            """)
        .toString();
  }
}
