using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.PatronNotices;
using KioskLink.Register.Profiles;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.PatronNotices;

/// <summary>A register that writes to one patron.</summary>
internal sealed class NoticeRoom : IAsyncDisposable
{
    public const string Customer = "10001";
    public const string IdentityCode = "010594Y9032";

    private NoticeRoom(TestRegister register) => Register = register;

    public TestRegister Register { get; }

    public Register.PatronNotices.PatronNoticeService Service => Register.Service<Register.PatronNotices.PatronNoticeService>();

    public string Data => Register.Folder;

    public static TestCall Librarian => TestCall.Of(CallerRole.Librarian, "librarian");

    public static async Task<NoticeRoom> StartAsync(
        Wire.Language language = Wire.Language.Fi, Action<Patron>? change = null, Func<ConsortiumProfile, ConsortiumProfile>? profile = null)
    {
        var room = new NoticeRoom(await TestRegister.StartAsync(profile));
        await room.Register.PatronAsync(Customer, 1, patron =>
        {
            (patron.Language, patron.DateOfBirth, patron.IdentityCode) = (language, "1994-05-01", IdentityCode);
            patron.Contact = new Contact
            {
                Address = new PostalAddress { Street = "Testikatu 1 A 2", PostalCode = "15110", City = "Lahti" },
                Phones = { "0401234567" },
                Email = "aino@test.example",
            };
            change?.Invoke(patron);
        });
        return room;
    }

    public static NoticePreferences Prefer(NoticeKind kind, NoticeChannel channel) => new() { Preferences = { new NoticePreference { Kind = kind, Channel = channel } } };

    public static PatronNotice Notice(NoticeKind kind, int items = 1, Action<PatronNotice>? change = null)
    {
        var notice = new PatronNotice { CustomerId = Customer, Kind = kind };
        for (var n = 1; n <= items; n++)
        {
            notice.Items.Add(new PatronNoticeItem { Title = $"Teos {n}", DueOn = kind == NoticeKind.PickUp ? "" : $"2026-12-{10 + n}", PriceCents = kind == NoticeKind.Invoice ? 123450 : 0 });
        }

        switch (kind)
        {
            case NoticeKind.PickUp: (notice.BranchId, notice.PickUpBy) = (TestRegister.Main, "2026-12-08"); break;
            case NoticeKind.Invoice: (notice.InvoiceNumber, notice.InvoiceDueOn, notice.FeeCents) = ("L-77", "2026-12-31", 500); break;
            default: break;
        }

        change?.Invoke(notice);
        return notice;
    }

    public async Task<RenderedNotice> RenderAsync(PatronNotice notice) =>
        (await Service.RenderPatronNotice(new RenderPatronNoticeRequest { Notice = notice }, Librarian)).Rendered;

    public Task<SendPatronNoticeResponse> SendAsync(PatronNotice notice, string id = "notice-1") =>
        Service.SendPatronNotice(new SendPatronNoticeRequest { Notice = notice, NoticeId = id }, Librarian);

    public IReadOnlyList<string> Spooled() => Directory.Exists(Path.Combine(Data, "spool"))
        ? [.. Directory.EnumerateFiles(Path.Combine(Data, "spool"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Data, file))]
        : [];

    public IReadOnlyList<string> Messages()
    {
        using var db = Register.Core.Store.Read();
        using var command = db.Connection.CreateCommand();
        command.CommandText = "SELECT body FROM patron_messages ORDER BY message_id";
        using var reader = command.ExecuteReader();
        var bodies = new List<string>();
        while (reader.Read())
        {
            bodies.Add(reader.GetString(0));
        }

        return bodies;
    }

    public int Recover()
    {
        using var db = Register.Core.Store.Read();
        return Register.Service<Spool>().Recover(db);
    }

    public ValueTask DisposeAsync() => Register.DisposeAsync();
}
