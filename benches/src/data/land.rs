//! Landia: towns and villages with names in two scripts, in the emptiest part of the Indian Ocean.

use super::random::Random;

const TOWNS: usize = 36;
const VILLAGES_A_TOWN: usize = 180;
const BEGINNINGS: [&str; 12] =
    ["Kor", "Ama", "Tel", "Bes", "Naru", "Shi", "Ola", "Deg", "Ruf", "Ila", "Mer", "Zan"];
const MIDDLES: [&str; 8] = ["da", "ri", "lu", "ke", "ma", "no", "be", "ta"];
const ENDS: [&str; 8] = ["n", "sh", "ra", "l", "ma", "k", "d", "ya"];
const ARABIC_KINDS: [&str; 6] = ["قرية", "بلدة", "حي", "وادي", "جبل", "عين"];
const ARABIC_NAMES: [&str; 10] =
    ["النور", "السلام", "الزيتون", "الورد", "القمر", "النهر", "الشمس", "التين", "الغربي", "الشرقي"];

pub struct Town {
    pub name: String,
    pub district: String,
    pub province: String,
    /// Degrees.
    pub at: [f64; 2],
    /// Degrees, of latitude.
    pub spread: f64,
    pub villages: Vec<Village>,
}

pub struct Village {
    pub name: String,
    pub arabic: String,
    /// Degrees.
    pub at: [f64; 2],
}

/// All towns, in a box of about 700 by 550 kilometres.
pub fn towns(random: &mut Random) -> Vec<Town> {
    let provinces: Vec<String> = (0..9).map(|_| name(random)).collect();
    (0..TOWNS)
        .map(|_| {
            let at = [random.between(75.5, 82.5), random.between(-34.2, -29.5)];
            let spread = random.between(0.05, 0.25);
            let villages = (0..VILLAGES_A_TOWN).map(|_| village(random, at, spread)).collect();
            let province = random.one_of(&provinces).clone();
            Town {
                name: name(random),
                district: format!("{} District", name(random)),
                province,
                at,
                spread,
                villages,
            }
        })
        .collect()
}

fn village(random: &mut Random, town: [f64; 2], spread: f64) -> Village {
    let arabic = format!("{} {}", random.one_of(&ARABIC_KINDS), random.one_of(&ARABIC_NAMES));
    Village { name: name(random), arabic, at: near(random, town, spread * 1.5) }
}

/// Bell-shaped around a place; `spread` in degrees of latitude.
pub fn near(random: &mut Random, [lon, lat]: [f64; 2], spread: f64) -> [f64; 2] {
    [lon + random.bell() * spread * 1.2, lat + random.bell() * spread]
}

pub fn name(random: &mut Random) -> String {
    let mut name = String::from(*random.one_of(&BEGINNINGS));
    (0..=random.below(2)).for_each(|_| name.push_str(random.one_of::<&str>(&MIDDLES)));
    name.push_str(random.one_of::<&str>(&ENDS));
    name
}
