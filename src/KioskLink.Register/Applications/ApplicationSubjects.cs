using Google.Protobuf.Reflection;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.EntityFrameworkCore;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Applications;

/// <summary>A patron's applications, those with the same identity code that still wait too, and the note of a card that was never fetched.</summary>
internal sealed class ApplicationSubjects(ApplicationStore store) : ISubjectStore
{
    // Who answers for the applicant is another person.
    private const string Masked = "responsible_customer_id";

    /// <inheritdoc/>
    public string Name => "applications";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["applications", "pre_registrations"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        foreach (var row in About(db, patron).OrderBy(row => row.ApplicationNumber).ToList())
        {
            var applicant = store.Open(row);
            yield return new SubjectPart("application",
            [
                new("received", Time(row.ReceivedAt)), new("state", $"{(ApplicationState)row.State}"), new("reason", row.DecisionReason),
                .. Applicant.Descriptor.Fields.InDeclarationOrder().Select(field => new SubjectValue(field.Name, Text(field, applicant))),
            ]);
        }

        if (db.Set<PreRegistrationRow>().SingleOrDefault(row => row.Consortium == patron.Consortium && row.PatronId == patron.PatronId) is { } waiting)
        {
            yield return Of("card-not-fetched", ("registered", Time(waiting.RegisteredAt)));
        }
    }

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        About(scope.Db, patron).ExecuteDelete();
        scope.Db.Set<PreRegistrationRow>().Where(row => row.Consortium == patron.Consortium && row.PatronId == patron.PatronId).ExecuteDelete();
    }

    private static IQueryable<ApplicationRow> About(RegisterDb db, PatronRow patron) => db.Set<ApplicationRow>().Where(row =>
        row.Consortium == patron.Consortium && (row.PatronId == patron.PatronId || (row.IdentityIndex != null && row.IdentityIndex == patron.IdentityIndex)));

    private static string Text(FieldDescriptor field, Applicant applicant)
    {
        var text = $"{field.Accessor.GetValue(applicant)}";
        return field.Name == Masked && text.Length > 0 ? "named (masked)" : text;
    }
}
