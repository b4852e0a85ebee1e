package io.celonamdm.operations.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.celonamdm.control.RequestRejected;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.DeviceState;
import io.celonamdm.ledger.report.DeviceReports;
import io.celonamdm.ledger.report.DeviceReports.PendingDownload;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.operations.page.QrCodesPage.Shown;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ui.ConcurrentModel;
import org.springframework.ui.Model;

/** The codes of many devices, some to a page. */
class QrCodesPageTests {
    private final Syncs syncs = mock(Syncs.class);
    private final DeviceReports reports = mock(DeviceReports.class);
    private final DeviceStates states = mock(DeviceStates.class);
    private final QrCodesPage page = new QrCodesPage(syncs, reports, states);

    @BeforeEach
    void aSync() {
        when(syncs.find("warehouse")).thenReturn(Optional.of(mock(Sync.class)));
        when(syncs.unknown(anyString())).thenReturn("no sync is named so");
    }

    private void devices(int number) {
        List<PendingDownload> all =
                IntStream.range(0, number).mapToObj(QrCodesPageTests::device).toList();
        when(reports.pendingDownloads(any(), anyString(), anyInt()))
                .thenAnswer(call -> all.stream()
                        .filter(each -> each.eid().value().compareTo(call.getArgument(1)) > 0)
                        .limit(call.getArgument(2, Integer.class))
                        .toList());
        when(states.find((SyncName) any(), anyLong())).thenAnswer(call -> {
            DeviceState state = mock(DeviceState.class);
            when(state.eid())
                    .thenReturn(new Eid(eid(call.getArgument(1, Long.class).intValue())));
            return Optional.of(state);
        });
    }

    private static String eid(int number) {
        return "890490320070088826000857%08d".formatted(number);
    }

    private static PendingDownload device(int number) {
        MdmDevice device = MdmDevice.builder("1")
                .managementId("1")
                .name("name")
                .eid(eid(number))
                .build();
        SmdpAddress address = new SmdpAddress(number % 2 == 0 ? "rsp.example.com" : "rsp.example.net");
        return new PendingDownload(number, new Eid(eid(number)), device, address, Place.WAITING, null);
    }

    private Model show(@Nullable Long after) {
        Model model = new ConcurrentModel();
        assertThat(page.show("warehouse", after, model)).isEqualTo("qr-codes");
        return model;
    }

    @SuppressWarnings("unchecked")
    private static List<Shown> devices(Model model) {
        return (List<Shown>) Objects.requireNonNull(model.getAttribute("devices"));
    }

    @Test
    void eachDeviceIsOnOnePage() {
        devices(450);
        List<Integer> sizes = new ArrayList<>();
        Set<Long> ids = new HashSet<>();
        Long after = null;
        do {
            Model model = show(after);
            sizes.add(devices(model).size());
            devices(model).forEach(each -> assertThat(ids.add(each.id())).isTrue());
            after = (Long) model.getAttribute("next");
        } while (after != null);

        assertThat(sizes).containsExactly(200, 200, 50);
    }

    @Test
    void noEmptyPageFollowsAFullOne() {
        devices(200);

        assertThat(show(null).getAttribute("next")).isNull();
    }

    @Test
    void aCodeThatManyDevicesHaveIsOneImage() {
        devices(10);

        assertThat(devices(show(null))).extracting(Shown::image).containsOnly(0L, 1L);
    }

    @Test
    void aSyncThatIsNotThereHasNone() {
        Model model = new ConcurrentModel();

        assertThatThrownBy(() -> page.show("nowhere", null, model)).isInstanceOf(RequestRejected.class);
    }
}
