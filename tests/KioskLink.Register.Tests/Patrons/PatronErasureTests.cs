using System.Text;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Subjects;

namespace KioskLink.Register.Tests.Patrons;

/// <summary>What is kept beside a patron's row is shown in an export and goes with the patron.</summary>
public sealed class PatronErasureTests
{
    private static readonly string[] Words =
        ["Salakuja", "salainen@example.org", "+358409999999", "Kierros", "Ovikoodi", "Huoltajanen", "huoltaja@example.org", "Viesti sinulle", "Muistiinpano", "Salanimi", "salanimi"];

    [Fact]
    public async Task R21_R16_An_erased_patron_leaves_no_contact_message_note_or_guardian_on_the_disk()
    {
        await using var register = await FilledAsync();
        var before = Text(register);
        Assert.All(Words, word => Assert.Contains(word, before, StringComparison.Ordinal));

        await register.Core.Lane.WriteAsync(scope =>
        {
            var patron = PatronWriter.Find(scope.Db, scope.Consortium, "1")!;
            register.Service<SubjectErasure>().Erase(scope, patron, new ErasureReason("request", "dpo"));
        });
        Assert.True(await register.Service<SubjectErasure>().SweepAsync());

        var after = Text(register);
        Assert.All(Words, word => Assert.DoesNotContain(word, after, StringComparison.Ordinal));
    }

    [Fact]
    public async Task R8_R24_An_export_shows_contact_channels_home_service_consents_messages_and_notes()
    {
        await using var register = await FilledAsync();
        await using var db = register.Core.Store.Read();
        var patron = PatronWriter.Find(db, "lastu", "1")!;

        var parts = register.Service<IEnumerable<ISubjectStore>>().SelectMany(store => store.Export(db, patron)).ToList();

        Assert.Superset(
            new HashSet<string> { "contact", "gender", "notice-channel", "home-service", "consent", "message", "note", "responsible-person" },
            parts.Select(part => part.Title).ToHashSet());
        var values = parts.SelectMany(part => part.Values).Select(value => value.Value).ToList();
        Assert.Contains("salainen@example.org", values);
        Assert.DoesNotContain(values, value => value.Contains("Huoltajanen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task R26_An_unsettled_matter_holds_a_patron_from_being_deleted()
    {
        await using var register = await FilledAsync();
        await using var db = register.Core.Store.Read();
        var patron = PatronWriter.Find(db, "lastu", "1")!;

        Assert.Contains(register.Service<SubjectHolds>().Of(db, patron, register.Now.ToUnixTimeMilliseconds()), hold => hold.Code == "MATTER_UNSETTLED");
    }

    private static async Task<TestRegister> FilledAsync()
    {
        var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron =>
        {
            (patron.Surname, patron.FirstNames, patron.Group, patron.Gender) = ("Salanimi", "Salli", "home-service", Gender.Female);
            patron.Contact = new Contact { Address = new PostalAddress { Street = "Salakuja 1" }, Phones = { "+358409999999" }, Email = "salainen@example.org" };
            patron.HomeService = new HomeService { Route = "Kierros 7", Delivery = "Ovikoodi B" };
            patron.Notices = new NoticePreferences { Preferences = { new NoticePreference { Kind = NoticeKind.PickUp, Channel = NoticeChannel.Email } } };
            patron.Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Huoltajanen", Contact = new Contact { Email = "huoltaja@example.org" } } } };
        });
        await register.Notes.AddMessage(
            new AddMessageRequest { CustomerId = "1", Message = new PatronMessage { Body = "Viesti sinulle", Direction = MessageDirection.ToPatron } }, TestCall.Admin());
        await register.Notes.AddNote(new AddNoteRequest { CustomerId = "1", Note = new PatronNote { Body = "Muistiinpano", Unsettled = true } }, TestCall.Admin());
        return register;
    }

    private static string Text(TestRegister register) => Encoding.Latin1.GetString(register.EverythingOnDisk());
}
