using KioskLink.Protos.Register.V1;
using KioskLink.Register.Camera;
using KioskLink.Register.Facts;
using KioskLink.Register.Import;
using NodaTime;

namespace KioskLink.Register.Tests.Camera;

/// <summary>The camera books as a file that is marked secret and runs nothing in a spreadsheet.</summary>
public sealed class CameraExportTests
{
    [Fact]
    public async Task R43_R71_The_export_holds_the_six_items_of_each_record_and_says_on_every_row_that_it_is_secret()
    {
        await using var room = await CameraRoom.StartAsync();
        await room.ViewAsync(record => (record.OutsiderAsked, record.OutsiderName, record.OutsiderDecision) = (true, "Testi Pyytäjä, Oy", OutsiderDecision.Approved));
        await room.StartSessionAsync();

        var file = await ExportAsync(room);

        Assert.Equal((1, true), (file.Records, file.FileName.EndsWith("-SALASSA.csv", StringComparison.Ordinal)));
        var lines = file.Csv.Split("\r\n");
        Assert.Equal(3, lines.Length);
        var row = CsvText.Split(lines[0]).Fields.Zip(CsvText.Split(lines[1]).Fields).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Contains("SALASSA", row["secrecy"], StringComparison.Ordinal);
        Assert.Equal("2026-12-01T12:00:00+02:00", row["1_viewing_time"]);
        Assert.Equal(("The broken window", "2026-11-30T16:00:00+02:00"), (row["2_matter"], row["2_matter_time"]));
        Assert.Equal(("The police asked for it", "Testi Johtaja", "Testi Katselija"), (row["3_ground"], row["4_decided_by"], row["5_viewer"]));
        Assert.Equal(("johtaja", CameraRoom.Viewer), (row["4_decided_by_account"], row["5_viewer_account"]));
        Assert.Equal(("Testi Pyytäjä, Oy", "approved"), (row["6_outsider"], row["6_outsider_decision"]));
    }

    [Fact]
    public async Task A_file_of_a_time_holds_the_records_of_that_time()
    {
        await using var room = await CameraRoom.StartAsync();
        await room.ViewAsync();
        room.Register.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(0, (await ExportAsync(room)).Records);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=b", "a=b")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("", "")]
    public void A_cell_that_a_spreadsheet_would_run_is_made_text(string value, string cell)
    {
        var csv = SecretCsv.Write(["a"], [[value]]);

        Assert.Equal($"secrecy,a\r\n{SecretCsv.Mark},{cell}\r\n", csv);
    }

    private static Task<ExportCameraSessionsResponse> ExportAsync(CameraRoom room) => room.Service.ExportCameraSessions(
        new ExportCameraSessionsRequest { FromTime = (room.Register.Now - Duration.FromDays(1)).ToProto(), ToTime = (room.Register.Now + Duration.FromDays(1)).ToProto() },
        CameraRoom.Officer);
}
