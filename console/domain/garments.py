"""What people call clothes, in Chinese and English, by kinds.  Data only."""

from __future__ import annotations

from typing import Final

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "down": ("outer overcoat", (
        "羽绒|羽绒服|羽绒衣|羽绒马甲|鹅绒|鸭绒|面包服|down jacket|down coat|puffer|down"
    )),
    "trench": ("outer overcoat", "风衣|防风衣|trench|trench coat|windbreaker"),
    "overcoat": ("outer", "大衣|呢大衣|呢子|毛呢|羊绒大衣|双面呢|overcoat|wool coat|coat"),
    "padded": ("down outer overcoat", "棉服|棉袄|棉衣|棉外套|padded coat"),
    "outer": ("overcoat trench down", (
        "外套|厚外套|上衣外套|夹克|皮衣|皮夹克|皮草|冲锋衣|牛仔外套|棒球服|马甲|outerwear|"
        "jacket|anorak|parka|gilet|vest"
    )),
    "suit": ("outer", "西装|西服|小西装|职业装|正装|suit|blazer"),
    "cardigan": ("knit", "开衫|针织开衫|毛衣外套|cardigan"),
    "knit": ("cardigan", (
        "针织|针织衫|毛衣|毛衫|羊毛衫|羊绒衫|高领|打底毛衣|sweater|jumper|knit|knitwear|"
        "pullover|turtleneck"
    )),
    "hoodie": ("", "卫衣|帽衫|连帽衫|hoodie|sweatshirt"),
    "polo": ("tee", "polo衫|polo|polo shirt"),
    "shirt": ("", "衬衫|衬衣|shirt|blouse"),
    "tee": ("", "t恤|短袖|长袖t|打底衫|体恤|tee|t-shirt|tshirt"),
    "top": ("tee", "吊带|背心|抹胸|camisole|tank top|top"),
    "dress": ("gown", "连衣裙|礼服|旗袍|裙装|dress|qipao"),
    "skirt": ("gown", "半身裙|半裙|短裙|百褶裙|包臀裙|skirt"),
    "gown": ("dress skirt", "裙子|裙|长裙|碎花裙|小裙子"),
    "jeans": ("trousers", "牛仔裤|jeans|denim"),
    "shorts": ("trousers", "短裤|热裤|五分裤|shorts"),
    "jumpsuit": ("trousers", "连体裤|背带裤|jumpsuit|dungarees"),
    "trousers": ("", (
        "裤子|长裤|裤|阔腿裤|休闲裤|西裤|打底裤|加绒裤|运动裤|trousers|pants|leggings"
    )),
    "home": ("", "家居服|睡衣|睡裙|家居|pyjamas|pajamas|loungewear|homewear"),
    "accessory": ("", (
        "配饰|饰品|围巾|披肩|帽子|手套|腰带|皮带|袜子|丝巾|领带|包包|包|scarf|shawl|hat|"
        "gloves|belt|socks|tie|bag|accessory|accessories"
    )),
    "shoes": ("", "鞋子|鞋|靴子|靴|运动鞋|凉鞋|shoes|boots|sneakers"),
}  # fmt: skip
"""By kind: under which kinds a shop may file it instead, best first, and its names (folded)."""

KINDS: Final = {
    kind: (tuple(instead.split()), tuple(names.split("|")))
    for kind, (instead, names) in _WORDS.items()
}
"""The same as tuples."""
