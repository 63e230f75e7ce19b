using System.Text;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Disclosures;
using KioskLink.Register.Profiles;
using KioskLink.Register.Retention;
using KioskLink.Register.Subjects;
using KioskLink.Register.Tests.Disclosures;

namespace KioskLink.Register.Tests.Rights;

/// <summary>Files beside the database that hold personal data: what an erasure and retention do to them.</summary>
public sealed class ErasedFilesTests
{
    private const string Due = "2026-09-01";
    private const string OtherCode = "020594X903P";
    private const string Code = "010594Y9032";

    [Fact]
    public async Task R75_After_an_erasure_no_name_card_or_identity_code_is_in_any_file_of_the_register()
    {
        await using var register = await DisclosureDesk.StartAsync(PopulationRegisterMode.CheckAndUpdate);
        var card = await FilesAsync(register);
        var before = register.Card(card);
        Assert.All(["Koivunen", "Salanimi", Code, "Koetie 1"], told => Assert.Contains(told, OnDisk(register), StringComparison.Ordinal));

        await ErasedAsync(register);

        var utf16 = Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(card));
        Assert.All(
            ["Koivunen", "Salanimi", "Aino Testi", "10001", card, Code, "Koetie 1", "koe@example.org", "use-reason", utf16, .. Hidden(before)],
            secret => Assert.DoesNotContain(secret, OnDisk(register), StringComparison.Ordinal));
    }

    [Fact]
    public async Task R75_An_erasure_leaves_the_others_of_a_file_at_their_places_and_the_disclosure_on_record()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        var disclosure = await CollectedAsync(register, desk);
        var before = desk.Lines(disclosure);

        await ErasedAsync(register);

        Assert.Equal([before[0], ",,,,,,", before[2]], desk.Lines(disclosure));
        var recorded = Assert.Single((await desk.Service.ListDisclosures(new ListDisclosuresRequest(), TestCall.Admin())).Disclosures);
        Assert.Equal((2, 2, null), (recorded.RecordCount, recorded.SubjectCount, recorded.FileRemoveTime));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(desk.PathOf(disclosure))), HashOf(register));
    }

    [Fact]
    public async Task R75_A_stop_at_any_moment_of_the_rewriting_leaves_nothing_of_the_erased_person_after_the_next_start()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        var disclosure = await CollectedAsync(register, desk);
        var (whole, path) = (File.ReadAllBytes(desk.PathOf(disclosure)), desk.PathOf(disclosure));
        await ErasedAsync(register);
        var rewritten = File.ReadAllBytes(path);

        // The new hash was recorded and the file had not yet taken its place.
        File.Move(path, path + ".draft");
        File.WriteAllBytes(path, whole);
        await register.RestartAsync();
        Assert.True(await register.Service<SubjectErasure>().SettleFilesAsync(CancellationToken.None));

        Assert.Equal(rewritten, File.ReadAllBytes(path));
        Assert.Equal([disclosure.FileName], desk.Files());
    }

    [Fact]
    public async Task R75_A_disk_that_refuses_keeps_the_erasure_and_the_next_sweep_reaches_the_file()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        var disclosure = await CollectedAsync(register, desk);
        var obstacle = Directory.CreateDirectory(desk.PathOf(disclosure) + ".draft");

        await ErasedAsync(register);
        Assert.Contains("Koivunen", File.ReadAllText(desk.PathOf(disclosure)), StringComparison.Ordinal);
        obstacle.Delete();
        Assert.True(await register.Service<SubjectErasure>().SweepAsync());

        Assert.DoesNotContain("Koivunen", File.ReadAllText(desk.PathOf(disclosure)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-02-28T21:59:59Z", 1)]
    [InlineData("2027-02-28T22:00:00Z", 0)]
    public async Task R65_A_disclosed_file_is_deleted_after_its_three_months_and_kept_a_second_before_and_the_disclosure_stays(string at, int files)
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await CollectedAsync(register, desk);

        await RunAsync(register, RetentionRules.DisclosureFiles, at);

        Assert.Equal(files, desk.Files().Length);
        Assert.Equal(files == 0, (await desk.OfAsync("10001")).Single().FileRemoveTime is not null);
    }

    [Theory]
    [InlineData("2026-12-14T21:59:59Z", 1)]
    [InlineData("2026-12-14T22:00:00Z", 0)]
    public async Task R65_A_notice_that_nobody_fetched_is_deleted_after_fourteen_days_and_kept_a_second_before(string at, int files)
    {
        await using var register = await DisclosureDesk.StartAsync();
        await new DisclosureDesk(register).PersonAsync("10001", 1);
        await SentAsync(register);

        await RunAsync(register, RetentionRules.NoticeFiles, at);

        Assert.Equal(files, Directory.EnumerateFiles(Path.Combine(register.Folder, "spool"), "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void A_record_is_emptied_whatever_its_fields_hold_and_a_file_of_nobody_is_none()
    {
        var table = new SecretTable(["name", "title"]);
        table.Add("A \"B\", C", "one\r\ntwo");
        table.Add("D", "\"");

        Assert.Equal("name,title\r\n,\r\nD,\"\"\"\"\r\n", Encoding.UTF8.GetString(SecretTable.Without(table.ToBytes(), new HashSet<int> { 1 })!));
        Assert.Null(SecretTable.Without(SecretTable.Without(table.ToBytes(), new HashSet<int> { 1 })!, new HashSet<int> { 2 }));
    }

    // A person in a collection file with somebody else, alone in an invoicing export, in a query, in a permitted disclosure and a notice.
    private static async Task<string> FilesAsync(TestRegister register)
    {
        var desk = new DisclosureDesk(register);
        await CollectedAsync(register, desk);
        await desk.InvoiceAsync("10001", "2001", "2026-12-20", "loan-1");
        await desk.InvoicesAsync(DisclosureKind.Invoicing);
        await desk.AskAsync();
        await desk.Service.SetDisclosurePermission(new SetDisclosurePermissionRequest { CustomerId = "10001", Recipient = "Museum", Channel = "desk", Permitted = true }, TestCall.Admin());
        await desk.Service.DisclosePatron(new DisclosePatronRequest { CustomerId = "10001", Recipient = "Museum", Reason = "guest list", Fields = { "name", "address" } }, TestCall.Admin());
        await SentAsync(register);
        var card = TestRegister.CardNumber(1);
        await register.EnterAsync(register.Ask(card, request => request.AttemptId = "entry"));
        await register.NotedAsync("entry");
        await register.BanAsync("10001", Protos.Types.V1.BanKind.Use, ban => ban.Reason = "use-reason");
        await register.Bans.LiftBan(new LiftBanRequest { Reason = "over", PatronBans = new PatronBans { CustomerId = "10001", Kind = Protos.Types.V1.BanKind.Use } }, TestCall.Admin());
        var change = new RectifySubjectRequest { CustomerId = "10001", Changes = { new FieldChange { Field = "surname", NewValue = "Salanimi" } } };
        await register.Service<Register.Rights.DataSubjectService>().RectifySubject(change, TestCall.Admin());
        await register.Core.Lane.WriteAsync(scope => { Register.Store.Sql.Run(scope.Db, "UPDATE invoices SET settled_at = 1"); });
        return card;
    }

    private static async Task<Disclosure> CollectedAsync(TestRegister register, DisclosureDesk desk)
    {
        await desk.PersonAsync("10001", 1);
        await register.PatronAsync(
            "20002", 2, patron => (patron.Surname, patron.FirstNames, patron.IdentityCode, patron.DateOfBirth) = ("Mallinen", "Toinen", OtherCode, "1994-05-02"));
        Assert.Equal("loan-1", await desk.LendAsync("10001", Due));
        await desk.LendAsync("20002", Due);
        var disclosure = (await desk.CollectAsync()).Disclosures.Single();
        await desk.ReturnAsync("loan-1");
        return disclosure;
    }

    private static async Task SentAsync(TestRegister register)
    {
        var notice = new PatronNotice { CustomerId = "10001", Kind = NoticeKind.DueDate };
        notice.Items.Add(new PatronNoticeItem { Title = "Kalevala", DueOn = "2026-12-10" });
        await register.Service<Register.PatronNotices.PatronNoticeService>().SendPatronNotice(new SendPatronNoticeRequest { NoticeId = "n-1", Notice = notice }, TestCall.Admin());
    }

    private static async Task ErasedAsync(TestRegister register)
    {
        var rights = register.Service<Register.Rights.DataSubjectService>();
        var asked = await rights.OpenRequest(
            new OpenRequestRequest { CustomerId = "10001", Kind = RequestKind.Erase, Channel = "desk", IdentifiedBy = "in-person-id-document" }, TestCall.Admin());
        var erased = await rights.EraseSubject(new EraseSubjectRequest { RequestId = asked.Request.Id, Reason = "on request" }, TestCall.Admin());
        Assert.True(erased.Erased, erased.ToString());
    }

    private static async Task RunAsync(TestRegister register, string rule, string at)
    {
        register.Time.SetWallClock(DateTimeOffset.Parse(at, null));
        var service = register.Service<Register.Retention.RetentionService>();
        var plan = (await service.DryRun(new DryRunRequest { Rule = rule }, TestCall.Admin())).Run;
        await service.RunRetention(new RunRetentionRequest { RunId = plan.Id }, TestCall.Admin());
    }

    private static string[] Hidden(Register.Facts.CardEntry card) =>
        [Encoding.Latin1.GetString(card.SealedNumber), Encoding.Latin1.GetString(card.Pin!.Sealed), Encoding.Latin1.GetString(card.Key.ToBytes())];

    private static string OnDisk(TestRegister register) => Encoding.Latin1.GetString(
        [.. Directory.EnumerateFiles(register.Folder, "*", SearchOption.AllDirectories).SelectMany(File.ReadAllBytes)]);

    private static byte[] HashOf(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return db.Set<DisclosureRow>().Single().FileHash;
    }
}
