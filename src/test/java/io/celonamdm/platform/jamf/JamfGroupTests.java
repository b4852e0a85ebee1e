package io.celonamdm.platform.jamf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.device.PushOutcome;
import io.celonamdm.device.PushOutcome.Acknowledged;
import io.celonamdm.device.PushOutcome.Sent;
import io.celonamdm.device.PushOutcome.Unlisted;
import io.celonamdm.device.PushOutcome.Waiting;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.jamf.GroupAnswer;
import io.celonamdm.simulator.jamf.GroupBehaviour;
import io.celonamdm.simulator.jamf.GroupLook;
import io.celonamdm.simulator.jamf.MdmCommand;
import io.celonamdm.simulator.phone.Eids;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One order for several devices. Whatever Jamf Pro makes of it, each device has an outcome of its own, the command of no
 * other, and never two.
 */
@Slow
class JamfGroupTests {
    private static final String COMMANDS = "/api/v2/mdm/commands";

    private final PhoneFleet fleet = PhoneFleet.of(5, 11);
    private final List<Phone> phones = fleet.phones();

    @AutoClose
    private final Tenant tenant = new Tenant(fleet);

    private void areOff() {
        phones.forEach(phone -> phone.behaviour().online(false));
    }

    private void haveAnswered(List<Phone> those) {
        Awaitility.await()
                .until(() -> those.stream()
                        .flatMap(phone -> tenant.jamf().commands(phone).stream())
                        .noneMatch(MdmCommand::active));
    }

    /** Each phone's outcome is about its own command. */
    private void assertOwn(List<PushOutcome> outcomes, List<Phone> those) {
        assertThat(outcomes)
                .extracting(PushOutcome::eid)
                .containsExactlyInAnyOrderElementsOf(
                        those.stream().map(Phone::eid).toList());
        for (PushOutcome outcome : outcomes) {
            if (outcome instanceof Sent sent) {
                Phone phone = those.stream()
                        .filter(each -> each.eid().equals(sent.eid()))
                        .findFirst()
                        .orElseThrow();
                assertThat(tenant.jamf().commands(phone))
                        .extracting(MdmCommand::uuid)
                        .as("the command of %s", phone)
                        .contains(sent.reference());
            } else {
                assertThat(outcome).isInstanceOf(Unlisted.class);
            }
        }
    }

    private void assertOneCommandEach(List<Phone> those) {
        assertThat(those)
                .allSatisfy(phone -> assertThat(tenant.jamf().commands(phone))
                        .as("%s", phone)
                        .hasSize(1));
    }

    private int posts() {
        return tenant.jamf().log().count("POST", COMMANDS);
    }

    private int looks() {
        return tenant.jamf().log().count("GET", COMMANDS);
    }

    @Test
    void oneCommandForAll() throws Exception {
        List<PushOutcome> outcomes = tenant.pushAll(phones);

        assertThat(outcomes).hasOnlyElementsOfType(Sent.class);
        assertOwn(outcomes, phones);
        assertOneCommandEach(phones);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aTenantThatIsKnownToUnderstandListsIsAskedTwiceForAGroup() throws Exception {
        tenant.pushAll(phones);
        haveAnswered(phones);
        int before = looks();

        List<PushOutcome> outcomes = tenant.pushAll(phones);

        assertThat(outcomes).hasOnlyElementsOfType(Sent.class);
        assertThat(looks() - before)
                .as("for active ones, and for those just sent")
                .isEqualTo(2);
        assertThat(posts()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(GroupAnswer.class)
    void everyAnswerToACommandForSeveral(GroupAnswer answer) throws Exception {
        areOff();
        tenant.jamf().settings().groupAnswer(answer);

        List<PushOutcome> outcomes = tenant.pushAll(phones);

        assertThat(outcomes).hasOnlyElementsOfType(Sent.class);
        assertOwn(outcomes, phones);
        assertOneCommandEach(phones);
    }

    @ParameterizedTest
    @EnumSource(GroupAnswer.class)
    void everyAnswerAfterWhichThePhonesHaveDoneIt(GroupAnswer answer) throws Exception {
        tenant.jamf().settings().groupAnswer(answer);
        Instant since = Instant.now();
        // the question about it comes after all phones have answered
        tenant.jamf().faults().times(5, "GET", COMMANDS, (request, endpoint) -> endpoint.answer(request));
        tenant.jamf().faults().once("GET", COMMANDS, (request, endpoint) -> {
            haveAnswered(phones);
            return endpoint.answer(request);
        });

        List<PushOutcome> outcomes = tenant.pushAll(phones);

        assertOwn(outcomes, phones);
        List<Phone> open = phones.stream()
                .filter(phone -> outcomes.stream()
                        .anyMatch(each -> each instanceof Unlisted && each.eid().equals(phone.eid())))
                .toList();
        if (!open.isEmpty()) {
            List<PushOutcome> found = tenant.pushAllAgain(open, since);
            assertThat(found).hasOnlyElementsOfType(Sent.class);
            assertOwn(found, open);
        }
        assertOneCommandEach(phones);
    }

    @ParameterizedTest
    @EnumSource(GroupLook.class)
    void whateverItMakesOfAListOfIdsAnActiveCommandIsNotSentAgain(GroupLook look) throws Exception {
        areOff();
        tenant.jamf().settings().groupLook(look);
        List<PushOutcome> first = tenant.pushAll(phones);

        List<PushOutcome> second = tenant.pushAll(phones);

        assertThat(first).hasOnlyElementsOfType(Sent.class);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first);
        assertOwn(second, phones);
        assertOneCommandEach(phones);
    }

    @ParameterizedTest
    @EnumSource(
            value = GroupLook.class,
            names = {"FIRST_ONLY", "NOTHING"})
    void aListThatTheTenantNoLongerUnderstandsEndsNoDoubt(GroupLook look) throws Exception {
        tenant.pushAll(phones);
        haveAnswered(phones);
        tenant.jamf().settings().groupLook(look);
        Instant since = Instant.now();
        tenant.jamf().faults().once("POST", COMMANDS, Fault.hangUpAfterProcessing());
        assertThatThrownBy(() -> tenant.pushAll(phones));

        List<PushOutcome> found = tenant.pushAllAgain(phones, since);

        assertThat(found).hasOnlyElementsOfType(Sent.class);
        assertOwn(found, phones);
        assertThat(posts()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(GroupLook.class)
    void whateverItMakesOfAListOfIdsEachCommandHasItsFate(GroupLook look) throws Exception {
        phones.get(1).behaviour().online(false);
        Map<Phone, String> references = new LinkedHashMap<>();
        for (Phone phone : phones) {
            references.put(phone, ((Sent) tenant.push(phone)).reference());
        }
        List<Phone> online = new ArrayList<>(phones);
        online.remove(1);
        haveAnswered(online);
        tenant.jamf().settings().groupLook(look);
        references.put(phones.get(4), "92616b4c-975e-4586-bfbc-f8c84c87d8fe");

        List<PushOutcome> fates = tenant.fates(references);

        assertThat(fates.get(0)).isEqualTo(new Acknowledged(phones.get(0).eid()));
        assertThat(fates.get(1)).isEqualTo(new Waiting(phones.get(1).eid(), "PENDING"));
        assertThat(fates.get(3)).isEqualTo(new Acknowledged(phones.get(3).eid()));
        assertThat(fates.get(4)).isInstanceOf(Unlisted.class);
    }

    @ParameterizedTest
    @EnumSource(GroupLook.class)
    void whateverItMakesOfAListOfIdsACommandOfALostCallIsFound(GroupLook look) throws Exception {
        Instant since = Instant.now();
        tenant.jamf().faults().once("POST", COMMANDS, Fault.hangUpAfterProcessing());
        assertThatThrownBy(() -> tenant.pushAll(phones));
        haveAnswered(phones);
        tenant.jamf().settings().groupLook(look);

        List<PushOutcome> found = tenant.pushAllAgain(phones, since);

        assertThat(found).hasOnlyElementsOfType(Sent.class);
        assertOwn(found, phones);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anAddressStaysShortHoweverManyAreAskedFor() throws Exception {
        PhoneFleet many = PhoneFleet.of(150, 5);
        many.phones().forEach(phone -> phone.behaviour().online(false));
        try (Tenant large = new Tenant(many)) {
            List<PushOutcome> sent = large.pushAll(many.phones());

            assertThat(sent).hasSize(150).hasOnlyElementsOfType(Sent.class);
            assertThat(large.jamf().log().of("GET", COMMANDS))
                    .allSatisfy(call -> assertThat(
                                    call.request().query("filter").orElse("").length())
                            .isLessThan(4100));
            assertThat(large.jamf().log().count("POST", COMMANDS)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000", "\"4000\""})
    void anAnswerThatIsCutOffIsAskedForInParts(String count) throws Exception {
        areOff();
        tenant.jamf().faults().always("GET", COMMANDS, (request, endpoint) -> {
            var answer = endpoint.answer(request);
            return request.query("filter").orElse("").contains("=in=")
                    ? answer.withBody(answer.body().replaceFirst("\"totalCount\":\\d+", "\"totalCount\":" + count))
                    : answer;
        });
        List<PushOutcome> first = tenant.pushAll(phones);

        assertThat(tenant.pushAll(phones)).containsExactlyInAnyOrderElementsOf(first);
        assertOneCommandEach(phones);
    }

    @Test
    void aNodeThatHasNotHeardOfTheCommandsIsNoReasonToSendOthers() throws Exception {
        Instant since = Instant.now();
        tenant.jamf().settings().commandLag(Duration.ofMinutes(1));

        assertThat(tenant.pushAll(phones)).hasSize(5).hasOnlyElementsOfType(Unlisted.class);
        assertThat(tenant.pushAllAgain(phones, since)).hasOnlyElementsOfType(Unlisted.class);

        tenant.jamf().settings().commandLag(Duration.ZERO);
        List<PushOutcome> found = tenant.pushAllAgain(phones, since);
        assertThat(found).hasOnlyElementsOfType(Sent.class);
        assertOwn(found, phones);
        assertOneCommandEach(phones);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 401, 403, 429, 500, 503})
    void aLookAfterTheCommandsThatFailsLosesNoneOfThem(int status) throws Exception {
        tenant.pushAll(phones);
        haveAnswered(phones);
        Instant since = Instant.now();
        List<Phone> fresh = List.of(newPhone(), newPhone(), newPhone());
        fresh.forEach(phone -> phone.behaviour().online(false));
        tenant.jamf().faults().once("GET", COMMANDS, (request, endpoint) -> endpoint.answer(request));
        tenant.jamf()
                .faults()
                .times(20, "GET", COMMANDS, status == 0 ? Fault.hangUpBeforeProcessing() : Fault.status(status));

        assertThat(tenant.pushAll(fresh)).hasSize(3).hasOnlyElementsOfType(Unlisted.class);

        tenant.jamf().faults().clear();
        assertThat(tenant.pushAllAgain(fresh, since)).hasOnlyElementsOfType(Sent.class);
        assertOneCommandEach(fresh);
    }

    private Phone newPhone() {
        int number = fleet.phones().size();
        return fleet.add(new Phone(Eids.next(new Random(number)), "SN" + number, "Phone " + number));
    }

    @ParameterizedTest
    @CsvSource({
        "ALL_OR_NOTHING, 0",
        "UNTIL_ONE_IS_UNKNOWN, 3",
        "BROKEN_BY_ONE, 0",
        "REFUSED_400, 0",
        "REFUSED_413, 0",
        "REFUSED_500, 0"
    })
    void aGroupThatIsRefusedIsNotSentAgainByItself(GroupBehaviour behaviour, int sent) throws Exception {
        areOff();
        tenant.jamf().settings().groups(behaviour);
        List<Phone> some = new ArrayList<>(phones.subList(0, 3));
        some.add(new Phone(Eids.next(new Random(9)), "SN9", "not in Jamf Pro"));
        Instant since = Instant.now();

        assertThatThrownBy(() -> tenant.pushAll(some));

        assertThat(posts()).isEqualTo(1);
        assertThat(tenant.jamf().commands()).hasSize(sent);
        List<PushOutcome> looked = tenant.pushAllAgain(some, since);
        assertThat(looked).filteredOn(Sent.class::isInstance).hasSize(sent);
        assertOwn(looked, some);
        assertThat(posts()).as("an order that searches sends nothing").isEqualTo(1);
    }

    @Test
    void oneThatIsUnknownAmongManyIsLeftOpen() throws Exception {
        areOff();
        tenant.jamf().settings().groups(GroupBehaviour.THE_KNOWN);
        List<Phone> some = new ArrayList<>(phones);
        some.add(2, new Phone(Eids.next(new Random(9)), "SN9", "not in Jamf Pro"));

        List<PushOutcome> outcomes = tenant.pushAll(some);

        assertThat(outcomes).filteredOn(Unlisted.class::isInstance).hasSize(1);
        assertOwn(outcomes, some);
        assertOneCommandEach(phones);
    }

    @Test
    void oneCommandInPlaceOfAGroupIsNobodyElses() throws Exception {
        tenant.jamf().settings().groups(GroupBehaviour.FIRST_ONLY);

        List<PushOutcome> outcomes = tenant.pushAll(phones);

        assertThat(outcomes).filteredOn(Sent.class::isInstance).hasSize(1);
        assertOwn(outcomes, phones);
    }

    @Test
    void recordsOfOneDeviceShareItsCommand() throws Exception {
        Map<String, Phone> byEid = Map.of("1", phones.get(0), "2", phones.get(0), "3", phones.get(1));

        List<PushOutcome> outcomes = tenant.pushAs(byEid);

        assertThat(tenant.jamf().commands()).hasSize(2);
        assertThat(outcomes)
                .hasSize(3)
                .allSatisfy(each -> assertThat(((Sent) each).reference())
                        .isEqualTo(tenant.jamf()
                                .commands(Objects.requireNonNull(byEid.get(each.eid())))
                                .get(0)
                                .uuid()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>log in</html>", "[", "null", "", "7"})
    void anAnswerThatCannotBeReadLeavesTheCallOpen(String body) throws Exception {
        areOff();
        Instant since = Instant.now();
        tenant.jamf().faults().once("POST", COMMANDS, Fault.changedBody(any -> body));

        assertThatThrownBy(() -> tenant.pushAll(phones));

        List<PushOutcome> found = tenant.pushAllAgain(phones, since);
        assertThat(found).hasOnlyElementsOfType(Sent.class);
        assertOwn(found, phones);
        assertOneCommandEach(phones);
    }

    @Test
    void aListThatIsNoneSendsNothing() {
        tenant.jamf().faults().once("GET", COMMANDS, Fault.changedBody(list -> "{\"totalCount\":0}"));

        assertThatThrownBy(() -> tenant.pushAll(phones)).isInstanceOf(UnreadableAnswer.class);

        assertThat(posts()).isZero();
    }
}
