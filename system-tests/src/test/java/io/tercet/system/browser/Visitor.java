package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.Cookie;
import io.tercet.system.client.Person;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// A person in front of the page, who finds things by what they say: in English.
///
/// @param page the tab
record Visitor(Page page) {

  void entersAsGuest(String name) {
    page.navigate("/");
    page.getByLabel("Your name").fill(name);
    button("Enter").click();
  }

  /// Registers with [Person#PASSWORD].
  void registers(String name) {
    page.navigate("/");
    button("Register").click();
    page.getByLabel("Your name").fill(name);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(Person.PASSWORD);
    button("Register and enter").click();
  }

  void createsRoom(String name) {
    button("Create a room").click();
    Locator dialog = dialog();
    dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill(name);
    dialog.getByRole(AriaRole.BUTTON, exactly("Create")).click();
    seesRoom(name);
  }

  void createsPrivateRoom(String name) {
    button("Create a room").click();
    Locator dialog = dialog();
    dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill(name);
    dialog.getByText("Private").click();
    dialog.getByRole(AriaRole.BUTTON, exactly("Create")).click();
    seesRoom(name);
  }

  /// Invites somebody into the room that is open.
  void invites(String name) {
    page.getByTestId("people-here").click();
    page.getByLabel("Invite somebody").fill(name);
    page.getByTestId("add-person-submit").click();
  }

  /// Finds a room that others made, and joins it.
  void joins(String room) {
    looksForRooms(room);
    found(room).click();
    button("Join").click();
    seesRoom(room);
  }

  /// Opens the dialog with public rooms and types what a name has.
  ///
  /// @return the box in which it is typed
  Locator looksForRooms(String typed) {
    button("Browse rooms").click();
    Locator box = dialog().getByRole(AriaRole.COMBOBOX);
    box.fill(typed);
    return box;
  }

  /// A room in the dialog.
  Locator found(String room) {
    return dialog().getByRole(AriaRole.OPTION, named(room));
  }

  /// Opens the page with a session that is there already.
  void returnsAs(Person person) {
    String[] cookie = person.cookie().split("=", 2);
    page.context()
        .addCookies(
            List.of(new Cookie(cookie[0], cookie[1]).setUrl(person.stack().origin().toString())));
    page.navigate("/");
  }

  /// Opens what is behind one's own picture.
  ///
  /// @return the menu
  Locator opensAccount() {
    button("You: profile, language, theme, sign out").click();
    return page.getByRole(AriaRole.MENU);
  }

  void asksToSignOut() {
    opensAccount().getByRole(AriaRole.MENUITEM, exactly("Sign out")).click();
  }

  /// Opens a room from the list; its button may also say how much is unread.
  void opens(String room) {
    page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Rooms"))
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(room))
        .click();
  }

  void seesRoom(String room) {
    assertThat(composer(room)).isVisible();
  }

  void says(String room, String text) {
    composer(room).fill(text);
    composer(room).press("Enter");
  }

  void sees(String room, String text) {
    assertThat(conversation(room).getByText(text)).isVisible();
  }

  /// The row of a message.
  Locator message(String room, String text) {
    return conversation(room)
        .getByTestId("message")
        .filter(new Locator.FilterOptions().setHasText(text));
  }

  /// Points at a message and takes something from its bar.
  void does(String action, Locator message) {
    message.hover();
    message.getByRole(AriaRole.BUTTON, exactly(action)).click();
  }

  /// What one chooses an emoji from.
  Locator picker() {
    return page.getByTestId("emoji-picker");
  }

  /// The field in which a message is edited.
  Locator editor() {
    return page.getByRole(
        AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Edit the message"));
  }

  /// Answers the question that the page asks.
  void confirms(String answer) {
    dialog().getByRole(AriaRole.BUTTON, exactly(answer)).click();
  }

  /// Rests a finger on something until something else shows, and lifts it.
  void restsAFingerOn(Locator target, Locator until) {
    // A mouse that was used before must not point at it.
    page.mouse().move(0, 0);
    assertThat(until).isHidden();
    BoundingBox box = target.boundingBox();
    JsonObject finger = new JsonObject();
    finger.addProperty("x", box.x + box.width / 2);
    finger.addProperty("y", box.y + box.height / 2);
    JsonArray fingers = new JsonArray();
    fingers.add(finger);
    CDPSession browser = page.context().newCDPSession(page);
    browser.send("Input.dispatchTouchEvent", touch("touchStart", fingers));
    assertThat(until).isVisible();
    browser.send("Input.dispatchTouchEvent", touch("touchEnd", new JsonArray()));
  }

  private static JsonObject touch(String type, JsonArray fingers) {
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.add("touchPoints", fingers);
    return event;
  }

  Locator composer(String room) {
    return page.getByRole(
        AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Write to " + room));
  }

  Locator conversation(String room) {
    return page.getByLabel("Conversation in " + room);
  }

  /// The bar of an upload that is under way.
  Locator progressOf(String name) {
    return page.getByLabel("Upload of " + name);
  }

  /// Makes the line to the server carry so many bytes a second at most, both ways.
  void slowsTheLineTo(int bytesPerSecond) {
    JsonObject line = new JsonObject();
    line.addProperty("offline", false);
    line.addProperty("latency", 0);
    line.addProperty("downloadThroughput", bytesPerSecond);
    line.addProperty("uploadThroughput", bytesPerSecond);
    page.context().newCDPSession(page).send("Network.emulateNetworkConditions", line);
  }

  /// Drags a file over an element and lets go.
  void drops(Locator target, String name, String mediaType, byte[] bytes) {
    JSHandle transfer =
        page.evaluateHandle(
            """
            ({ name, mediaType, base64 }) => {
              const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))
              const transfer = new DataTransfer()
              transfer.items.add(new File([bytes], name, { type: mediaType }))
              return transfer
            }
            """,
            Map.of(
                "name",
                name,
                "mediaType",
                mediaType,
                "base64",
                Base64.getEncoder().encodeToString(bytes)));
    for (String event : new String[] {"dragenter", "dragover", "drop"}) {
      target.dispatchEvent(event, Map.of("dataTransfer", transfer));
    }
  }

  /// Drags a folder of this machine over an element and lets go, as a file manager does.
  void dropsFolder(Locator target, Path folder) {
    BoundingBox box = target.boundingBox();
    JsonArray files = new JsonArray();
    files.add(folder.toString());
    JsonObject data = new JsonObject();
    data.add("items", new JsonArray());
    data.add("files", files);
    data.addProperty("dragOperationsMask", 1);
    CDPSession browser = page.context().newCDPSession(page);
    for (String type : new String[] {"dragEnter", "dragOver", "drop"}) {
      JsonObject event = new JsonObject();
      event.addProperty("type", type);
      event.addProperty("x", box.x + box.width / 2);
      event.addProperty("y", box.y + box.height / 2);
      event.add("data", data);
      browser.send("Input.dispatchDragEvent", event);
    }
  }

  /// The files of the message that one writes.
  Locator attachments() {
    return page.getByTestId("attachment");
  }

  /// Those of them that are in this state.
  Locator attachments(String state) {
    return page.locator("[data-testid=attachment][data-upload=" + state + "]");
  }

  /// The pictures of messages.
  Locator pictures(String room) {
    return conversation(room).getByTestId("picture");
  }

  /// What shows one picture over the whole page.
  Locator lightbox() {
    return page.getByTestId("lightbox");
  }

  /// Pastes a picture of 640 by 360 pixels from the clipboard into what one writes.
  void pastesAPicture(String room) {
    composer(room)
        .evaluate(
            """
            async (field) => {
              const canvas = document.createElement('canvas')
              canvas.width = 640
              canvas.height = 360
              const brush = canvas.getContext('2d')
              const dusk = brush.createLinearGradient(0, 0, 640, 360)
              dusk.addColorStop(0, '#0f766e')
              dusk.addColorStop(1, '#f2bd62')
              brush.fillStyle = dusk
              brush.fillRect(0, 0, 640, 360)
              brush.fillStyle = '#ffffff'
              brush.font = '64px sans-serif'
              brush.fillText('warp and weft', 100, 200)
              const picture = await new Promise((done) => canvas.toBlob(done))
              const clipboardData = new DataTransfer()
              clipboardData.items.add(new File([picture], 'image.png', { type: 'image/png' }))
              field.dispatchEvent(
                new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
            }
            """);
  }

  /// Selects the text from the beginning of one element to the end of another.
  void selects(Locator first, Locator last) {
    page.evaluate(
        """
        ([first, last]) => {
          const range = document.createRange()
          range.setStartBefore(first.firstChild)
          range.setEndAfter(last.lastChild)
          getSelection().removeAllRanges()
          getSelection().addRange(range)
        }
        """,
        List.of(first.elementHandle(), last.elementHandle()));
  }

  /// Downloads a file that the conversation or a folder shows.
  byte[] downloads(Locator where, String name) {
    Download download =
        page.waitForDownload(() -> where.getByLabel("Download " + name).first().click());
    try (InputStream bytes = download.createReadStream()) {
      return bytes.readAllBytes();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void opensMyFiles() {
    button("My files").click();
  }

  /// What is open under My files.
  Locator folder() {
    return page.getByRole(AriaRole.MAIN);
  }

  /// The path of the folder that is open.
  Locator whereWeAre() {
    return page.getByRole(
        AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Where you are"));
  }

  void createsFolder(String name) {
    button("New folder").click();
    dialog().getByLabel("Name of the folder").fill(name);
    dialog().getByRole(AriaRole.BUTTON, exactly("Create")).click();
  }

  void opensFolder(String name) {
    folder()
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Open the folder " + name))
        .click();
  }

  /// Publishes the folder that is open.
  ///
  /// @return the link to the site
  Locator publishes(String site) {
    button("Publish as a site").click();
    dialog().getByLabel("Name of the site").fill(site);
    dialog().getByRole(AriaRole.BUTTON, exactly("Publish")).click();
    return dialog().getByRole(AriaRole.LINK);
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  /// How far the page can be pushed sideways, in pixels; nothing should stick out.
  int widthBeyondTheWindow() {
    Object width =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    return ((Number) width).intValue();
  }

  static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }

  static Locator.GetByRoleOptions exactly(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
