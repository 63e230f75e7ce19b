using System.Text;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Contacts;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Identity;

namespace KioskLink.Register.Rights;

/// <summary>
/// Corrects a person's data, on request or on staff's own initiative (R75, R78). What a value was and is stays, sealed, until the
/// person is erased. Thread-safe.
/// </summary>
internal sealed class Rectifications(RegisterCore core, RequestBook book, PatronWriter patrons)
{
    /// <summary>Longest reason of a correction, characters.</summary>
    public const int ReasonMax = 200;

    // What a person may be without.
    private static readonly string[] Removable = ["identity_code", "home_branch"];

    private static readonly string[] Fields = ["surname", "first_names", "date_of_birth", "identity_code", "language", "home_branch"];

    /// <summary>What a sealed value is bound to.</summary>
    public static string Binding(long patronId, string field) => $"rectification\0{patronId}\0{field}";

    /// <summary>Makes a correction.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT names the field; NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION.</exception>
    public async Task<RectifySubjectResponse> RectifyAsync(RectifySubjectRequest request, CallerIdentity caller, CallAudit audit)
    {
        if (request.Changes.Count == 0)
        {
            throw Field.Wrong("changes", "is empty: name what is to be corrected");
        }

        Field.Optional(request.Reason, "reason", ReasonMax);
        foreach (var change in request.Changes)
        {
            Check(change);
        }

        var written = await core.Lane.WriteAsync(scope => Rectify(scope, request, caller, audit));
        var response = new RectifySubjectResponse { Origin = written.Value.Origin, Version = written.Version };
        response.ChangedFields.AddRange(written.Value.Changed);
        return response;
    }

    /// <summary>A corrected value as it is kept.</summary>
    public string Open(byte[] sealedValue, RectificationRow row) =>
        Encoding.UTF8.GetString(core.Store.Vault.Open(sealedValue, Binding(row.PatronId, row.Field)));

    /// <summary>Corrections as an export shows them.</summary>
    /// <param name="db">The tables.</param>
    /// <param name="number">The patron's number, or <see cref="ResponsiblePersonRow.SubjectOf"/> of a person who is none.</param>
    public IEnumerable<SubjectPart> PartsOf(RegisterDb db, long number) =>
        from row in db.Set<RectificationRow>().Where(row => row.PatronId == number).OrderBy(row => row.RectificationId).ToList()
        select SubjectPart.Of(
            "correction",
            ("field", row.Field), ("old_value", Open(row.OldValue, row)), ("new_value", Open(row.NewValue, row)),
            ("origin", $"{(RectifyOrigin)row.Origin}"), ("reason", row.Reason), ("time", SubjectPart.Time(row.ChangedAt)),
            ("by", ActorRole.Of(db, core.Store.Consortium, row.ChangedBy)));

    private static void Check(FieldChange change)
    {
        if (ContactCorrection.Fields.Contains(change.Field))
        {
            Field.Optional(change.NewValue, change.Field, ContactRules.EmailMax);
            return;
        }

        if (!Fields.Contains(change.Field))
        {
            throw Field.Wrong("changes.field", $"must be one of {string.Join(", ", Fields.Concat(ContactCorrection.Fields))}");
        }

        if (change.NewValue.Length > 0 || !Removable.Contains(change.Field))
        {
            Field.Required(change.NewValue, change.Field);
        }
    }

    private (RectifyOrigin Origin, List<string> Changed) Rectify(WriteScope scope, RectifySubjectRequest request, CallerIdentity caller, CallAudit audit)
    {
        if (PersonOf(scope, request) is { } person)
        {
            return RectifyPerson(scope, request, person, caller, audit);
        }

        var ((patron, asked), by) = (Whom(scope, request), caller.Name);
        audit.About(patron.PatronId).Fields("core");
        Restriction.Require(caller, patron);
        var before = Values(scope.Db, patron);
        var data = request.Changes.Aggregate(DataOf(patron), Apply) with { Contact = ContactCorrection.Apply(ContactOf(scope.Db, patron), request.Changes) };
        if (PatronRules.Problem(data, core.Profile, OpeningCalendar.DateAt(scope.Now)) is { } problem)
        {
            throw Field.Wrong(problem.Field, problem.Reason);
        }

        RequireResponsible(scope, patron, data);
        if (data.IdentityCode is { } code && patrons.IsTaken(scope.Db, scope.Consortium, code, patron.CustomerId))
        {
            throw Refused.With(StatusCode.AlreadyExists, "IDENTITY_TAKEN", "Another patron has this `identity_code`: correct it, or use that patron.");
        }

        var after = Values(scope.Db, patrons.Put(scope, data, by).Row);
        var origin = asked is null ? RectifyOrigin.Staff : RectifyOrigin.Patron;
        var changed = before.Keys.Where(field => before[field] != after[field]).ToList();
        changed.ForEach(field => Keep(scope, patron.PatronId, asked?.CaseId, (field, before[field], after[field]), origin, by, request.Reason.Trim()));
        if (asked is not null)
        {
            book.Close(scope, asked, RequestState.Done, by);
        }

        return (origin, changed);
    }

    private (RectifyOrigin Origin, List<string> Changed) RectifyPerson(WriteScope scope, RectifySubjectRequest request, long personId, CallerIdentity caller, CallAudit audit)
    {
        var asked = request.RequestId == 0 ? null : RequestBook.Opened(book.Proven(scope.Db, request.RequestId, RequestKind.Rectify));
        var origin = asked is null ? RectifyOrigin.Staff : RectifyOrigin.Patron;
        audit.About(ResponsibleWriter.SubjectsOf(scope.Db, personId)).Fields("responsible-person");
        var (person, by) = (scope.Db.Set<ResponsiblePersonRow>().Single(row => row.PersonId == personId), caller.Name);
        Restriction.Require(caller, person);
        var after = PersonCorrection.Apply(person, request.Changes, OpeningCalendar.DateAt(scope.Now)) with { UpdatedAt = scope.NowMs, UpdatedBy = by };
        var (old, now) = (PersonCorrection.Values(person), PersonCorrection.Values(after));
        var changed = old.Keys.Where(field => old[field] != now[field]).ToList();
        if (changed.Count > 0)
        {
            scope.Db.Update(after);
            changed.ForEach(field => Keep(
                scope, ResponsiblePersonRow.SubjectOf(personId), asked?.CaseId, (field, old[field], now[field]), origin, by, request.Reason.Trim()));
        }

        scope.Db.SaveChanges();
        if (asked is not null)
        {
            book.Close(scope, asked, RequestState.Done, by);
        }

        return (origin, changed);
    }

    private long? PersonOf(WriteScope scope, RectifySubjectRequest request)
    {
        if (request.RequestId != 0)
        {
            return book.Find(scope.Db, request.RequestId).PersonId;
        }

        var id = ResponsibleData.Id(request.PersonId, "person_id");
        if (id != 0 && request.CustomerId.Length > 0)
        {
            throw Field.Wrong("person_id", "is for a person who is no patron: give it or `customer_id`, not both");
        }

        return id == 0 ? null
            : scope.Db.Set<ResponsiblePersonRow>().Any(person => person.Consortium == scope.Consortium && person.PersonId == id) ? id
            : throw Field.Missing("person");
    }

    private void RequireResponsible(WriteScope scope, PatronRow patron, PatronData data)
    {
        if (PatronRules.LacksResponsible(data, core.Profile, OpeningCalendar.DateAt(scope.Now)) && !ResponsiblePages.HasOther(scope.Db, patron.PatronId))
        {
            throw Field.Wrong("responsible_customer_id", "is missing: with this correction the patron needs a responsible person, store that first");
        }
    }

    private (PatronRow Patron, SubjectRequestRow? Asked) Whom(WriteScope scope, RectifySubjectRequest request)
    {
        if (request.RequestId == 0)
        {
            Field.Required(request.CustomerId, "customer_id", Field.IdMax);
            return (PatronWriter.Find(scope.Db, scope.Consortium, request.CustomerId) ?? throw Field.Missing("patron"), null);
        }

        var asked = RequestBook.Opened(book.Proven(scope.Db, request.RequestId, RequestKind.Rectify));
        return (scope.Db.Set<PatronRow>().SingleOrDefault(row => row.PatronId == asked.PatronId) ?? throw Field.Missing("patron"), asked);
    }

    /// <summary>Keeps what a value was and is.</summary>
    public void Keep(WriteScope scope, long patronId, long? caseId, (string Field, string Old, string New) change, RectifyOrigin origin, string by, string reason = "")
    {
        var (vault, binding) = (core.Store.Vault, Binding(patronId, change.Field));
        scope.Db.Add(new RectificationRow
        {
            Consortium = scope.Consortium,
            PatronId = patronId,
            CaseId = caseId,
            Field = change.Field,
            OldValue = vault.Seal(Encoding.UTF8.GetBytes(change.Old), binding),
            NewValue = vault.Seal(Encoding.UTF8.GetBytes(change.New), binding),
            Origin = (int)origin,
            Reason = reason,
            ChangedAt = scope.NowMs,
            ChangedBy = by,
        });
    }

    private PatronData Apply(PatronData data, FieldChange change) => change.Field switch
    {
        "surname" => data with { Surname = change.NewValue },
        "first_names" => data with { FirstNames = change.NewValue },
        "date_of_birth" => data with { Born = Field.RequiredDate(change.NewValue, "date_of_birth") },
        "identity_code" when change.NewValue.Length == 0 => data with { IdentityCode = null, DropsIdentityCode = true },
        "identity_code" => data with
        {
            DropsIdentityCode = false,
            IdentityCode = IdentityCode.TryParse(change.NewValue, out var code) ? code : throw Field.Wrong("identity_code", "is no valid identity code: correct it"),
        },
        "language" => data with
        {
            Language = LanguageOf(change.NewValue),
        },
        "home_branch" => data with { HomeBranch = HomeBranch(change.NewValue), DropsHomeBranch = change.NewValue.Length == 0 },
        _ => data,
    };

    /// <summary>A language of a correction.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT.</exception>
    public static Language LanguageOf(string text) => Enum.TryParse<Language>(text, ignoreCase: true, out var language) && Enum.IsDefined(language)
        ? language
        : throw Field.Wrong("language", "must be fi, sv or en");

    private string HomeBranch(string branch) => !core.Profile.PatronFields.HomeUnit
        ? throw Field.Wrong("home_branch", "is not recorded by this consortium: leave it out")
        : branch.Length > 0 && core.Index.Branch(branch) is null ? throw Field.Wrong("home_branch", "is no branch: give the id of one") : branch;

    // A part that is null stays as stored.
    private PatronData DataOf(PatronRow row) => new()
    {
        CustomerId = row.CustomerId,
        Surname = row.Surname,
        FirstNames = row.FirstNames,
        Born = row.DateOfBirth.ToDate(),
        Language = (Language)row.Language,
        Group = row.PatronGroup,
        ResponsibleCustomerId = row.ResponsibleCustomerId,
        IdentityCode = IdentityCode.TryParse(CodeOf(row), out var code) ? code : null,
    };

    private string CodeOf(PatronRow row) =>
        row.IdentityCode is { } box ? Encoding.ASCII.GetString(core.Store.Vault.Open(box, PatronWriter.IdentityBinding(row.CustomerId))) : "";

    private static ContactRow? ContactOf(RegisterDb db, PatronRow row) => db.Set<ContactRow>().SingleOrDefault(contact => contact.PatronId == row.PatronId);

    private Dictionary<string, string> Values(RegisterDb db, PatronRow row) => new(
    [
        new("surname", row.Surname), new("first_names", row.FirstNames), new("date_of_birth", row.DateOfBirth), new("identity_code", CodeOf(row)),
        new("language", $"{(Language)row.Language}"), new("home_branch", row.HomeBranch), .. ContactCorrection.Values(ContactOf(db, row)),
    ]);
}
